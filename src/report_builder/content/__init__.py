"""What an officer writes: read, checked for form, and held as frozen values."""
