"""Charts: pure functions from computed frames to a View."""
