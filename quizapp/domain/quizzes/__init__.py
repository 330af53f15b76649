"""Rules: attempts at a quiz."""
