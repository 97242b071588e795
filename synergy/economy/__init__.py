"""Regional economics: specialisation, relatedness, complementarity."""
