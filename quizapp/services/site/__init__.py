"""Use cases: the site as a whole."""
