"""Reading brought files in a process of their own."""
