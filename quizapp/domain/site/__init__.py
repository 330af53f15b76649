"""Rules: the site itself."""
