"""Articles out of files: HTML, text, Markdown, PDF, Word and EPUB, each within limits."""
