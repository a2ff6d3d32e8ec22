"""Benchmarks: what the documentation claims of speed and quality, measured again."""
