"""How files of people are read: one module a step, all of it behind `ileaps_data.readers`."""
