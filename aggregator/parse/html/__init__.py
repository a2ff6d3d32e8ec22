"""HTML: pages that list articles, and articles' own pages -> what is written there."""
