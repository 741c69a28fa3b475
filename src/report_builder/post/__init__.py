"""Sending: who gets what, the messages, the ledger that knows who has them, and the transport."""
