"""How fast what is stored is found, and how large the index is."""
