"""Dates by which something is to be known: what they ask of a learner today, and setting them."""
