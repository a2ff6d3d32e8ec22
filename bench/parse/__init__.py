"""How many items a second are read of plain feeds, beside feedparser alone: feeds -> a table."""
