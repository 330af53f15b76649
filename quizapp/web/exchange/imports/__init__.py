"""Bringing a file into a deck: first a look at what would come."""
