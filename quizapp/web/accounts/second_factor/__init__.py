"""The second factor: setting it up, and being asked for it."""
