"""The sample web: sites written for this project, a server for them, and a home to read them from.

Takes nothing from outside, gives a real web on loopback, so that everything can be tried without
a network.
"""

from aggregator.sample.home import NOW, SITES, TMX, settle
from aggregator.sample.server import SampleWeb, serve

__all__ = ["NOW", "SITES", "TMX", "SampleWeb", "serve", "settle"]
