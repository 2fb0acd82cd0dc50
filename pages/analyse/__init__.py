"""Pages for people who analyse."""
