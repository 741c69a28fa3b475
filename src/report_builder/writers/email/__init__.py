"""The words of a message."""
