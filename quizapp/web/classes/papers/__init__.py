"""A quiz on the desk: its questions picked, tried without a trace, and printed with a key."""
