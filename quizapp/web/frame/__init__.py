"""Pages: what stands around every page."""
