"""Near copies: how many planted ones are found, and how often another text is taken for one."""
