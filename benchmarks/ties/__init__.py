"""Significance of ties and similarity beside bicm and netbone."""
