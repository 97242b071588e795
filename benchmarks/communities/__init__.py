"""Communities on planted multiplex graphs: how well they are found, what they cost, what peers find."""
