"""Tables and named reads: questions proposed from an article."""
