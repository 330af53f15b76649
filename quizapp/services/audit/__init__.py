"""Use cases: who did what."""
