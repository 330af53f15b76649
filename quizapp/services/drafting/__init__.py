"""Use cases: questions proposed from an article."""
