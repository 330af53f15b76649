"""A deck as a file for another program."""
