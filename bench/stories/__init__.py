"""How well stories are found across languages, and what the weights for that are learned from."""
