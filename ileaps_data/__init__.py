"""Reads, checks and keeps the product's tables; the command line lives here."""
