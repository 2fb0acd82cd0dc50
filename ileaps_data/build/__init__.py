"""Compiles the data folder from publishers' files: one module a publisher."""
