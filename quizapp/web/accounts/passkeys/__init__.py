"""Passkeys: making one, taking one off, signing in with one."""
