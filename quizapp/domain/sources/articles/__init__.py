"""Articles as they come: the text that counts, told apart from all that stands around it."""

from quizapp.domain.sources.articles.extracting import extract_html as extract

__all__ = ["extract"]
