"""The translation memory at a million segments: TMX in and out, and nearly equal texts."""
