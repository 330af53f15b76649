"""Pages: what is done to every request and response as such."""
