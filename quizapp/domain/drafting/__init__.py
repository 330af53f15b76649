"""Rules: questions proposed from an article."""
