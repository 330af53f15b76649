"""Use cases: attempts at a quiz."""
