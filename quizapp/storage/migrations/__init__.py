"""Alembic's scripts, oldest first. They never import the app: a migration must read the same for ever."""
