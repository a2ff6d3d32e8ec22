"""Measures how well announced events are found, on announcements written before the finder."""
