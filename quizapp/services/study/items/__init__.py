"""One item with one learner: how its memory came about."""
