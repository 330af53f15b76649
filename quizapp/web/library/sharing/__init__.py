"""Sharing and copying decks in the browser."""
