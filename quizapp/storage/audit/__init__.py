"""Tables and named reads: who did what."""
