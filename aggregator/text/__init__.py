"""Knowledge of languages, scripts and the web's texts that several rooms need: text -> value.

Everything here is pure: no network, no files but its own data, no clock.
"""
