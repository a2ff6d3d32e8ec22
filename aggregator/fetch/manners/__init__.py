"""What hosts let robots do, and how long each is left alone between requests."""
