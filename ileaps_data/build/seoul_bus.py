"""Boardings of the owl bus from the Seoul files."""
