"""Drafts on an article: looked through beside the sentence each quotes, taken, edited or dropped."""
