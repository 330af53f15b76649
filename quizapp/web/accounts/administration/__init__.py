"""Everyone's accounts, for admins."""
