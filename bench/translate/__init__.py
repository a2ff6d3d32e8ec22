"""Engines that translate, the real ones."""
