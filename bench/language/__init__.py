"""How well the language of a text is known, with and without its source's."""
