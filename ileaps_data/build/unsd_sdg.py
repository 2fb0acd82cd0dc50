"""SDG series and values from the UNSD files."""
