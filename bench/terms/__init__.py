"""How well and how fast the glossary's terms are found."""
