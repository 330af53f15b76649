"""Rules: who did what."""
