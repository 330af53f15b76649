"""Tables and named reads: the site itself."""
