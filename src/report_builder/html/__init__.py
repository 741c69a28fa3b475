"""The document model: what every output is made from."""
