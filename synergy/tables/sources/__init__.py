"""Readers of real public exports, one file per export; each gives a tidy frame for a set of NUTS 2 regions."""
