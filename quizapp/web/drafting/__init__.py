"""Pages: questions proposed from an article."""
