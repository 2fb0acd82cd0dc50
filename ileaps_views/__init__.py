"""Draws, formats and translates: a computed frame in, something to show out."""
