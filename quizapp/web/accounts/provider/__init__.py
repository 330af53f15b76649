"""Signing in through another site (OpenID Connect): there and back, and the first time."""
