"""Pages: who did what."""
