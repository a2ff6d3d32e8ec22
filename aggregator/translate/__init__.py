"""Takes segments -> gives translations: complete fields, or the original."""
