"""Sentences that state what the numbers show, generated from the numbers."""
