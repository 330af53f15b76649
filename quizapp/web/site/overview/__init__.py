"""The site as admins see it."""
