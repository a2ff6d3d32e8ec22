"""How many items a second become articles on one core: shapes of items -> a table."""
