"""Suggested edits: writing one in the editor, seeing what it would change, taking or declining it."""
