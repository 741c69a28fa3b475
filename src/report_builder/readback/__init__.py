"""Finished files read again, as those meet them who cannot see them."""
