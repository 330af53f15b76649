"""Use cases: the site itself."""
