"""OAI-PMH: answers of repositories -> records, and where the harvest stands."""
