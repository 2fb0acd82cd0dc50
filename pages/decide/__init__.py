"""Pages for people who decide."""
