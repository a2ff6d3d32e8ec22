"""How well topics and relevance are told, and the weights by which they are."""
