"""The folders that Synergy writes: which files a result becomes, whole or not at all."""
