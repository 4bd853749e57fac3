"""People: the agency and its staff, the persons it serves, their households, and the case that ties them together."""
