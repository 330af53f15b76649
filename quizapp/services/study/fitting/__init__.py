"""Fitting the memory model to a log of answers; needs the extra `fit` (numpy and scipy)."""
