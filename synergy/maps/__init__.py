"""Interactive maps; the only door to pyvis."""
