"""Everybody's accounts, for admins."""
