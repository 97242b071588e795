"""Synergy."""
