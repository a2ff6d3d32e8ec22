"""How well sentences are found, and what the model of Thai spaces is trained by."""
