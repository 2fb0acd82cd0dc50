"""Pages: choose, load, compute by calling, show."""
