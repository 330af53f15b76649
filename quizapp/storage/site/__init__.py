"""Reads and writes: the site as a whole."""
