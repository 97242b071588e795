"""Consortia: Synergy beside plain HiGHS and greedy on seeded random pools."""
