"""What a workspace, its mail and its themes are set to."""
