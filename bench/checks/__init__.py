"""How well bad translations are told from good ones."""
