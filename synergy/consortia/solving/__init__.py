"""The search itself: the problem as numbers, exchanges, relaxation, branch and bound; no words, no ids."""
