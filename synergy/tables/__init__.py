"""Tables in: the schema as data, reading, checking, places."""
