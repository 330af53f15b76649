"""The audit log in the browser."""
