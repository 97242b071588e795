"""Checking a large study, beside frictionless on the same Data Package."""
