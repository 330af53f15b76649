"""A question as it will be seen, before it is saved."""
