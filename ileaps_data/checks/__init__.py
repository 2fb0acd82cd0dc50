"""How the rows of a file are checked: one module a step, all behind `ileaps_data.validation`."""
