"""Pages: the site itself."""
