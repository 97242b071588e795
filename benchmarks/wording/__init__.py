"""Field names in five languages, beside the character TF-IDF of scikit-learn."""
