"""What was brought in from files, and under which names."""
