"""Figures for anyone who watches the site."""
