"""How columns of people's files become fields of the tables, all behind `ileaps_data.mapping`."""
