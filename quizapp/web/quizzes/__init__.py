"""Pages: attempts at a quiz."""
