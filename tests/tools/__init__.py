"""Other people's programs that judge what we make."""
