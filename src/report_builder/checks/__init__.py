"""Rules over what an event says and over the documents made of it."""
