"""Figures for whoever watches the site."""
