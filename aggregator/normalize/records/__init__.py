"""Items of catalogs -> records of works, one for each however many services tell of it."""

from aggregator.normalize.records.merging import merge, record_key, united
from aggregator.normalize.records.record import record_of

__all__ = ["merge", "record_key", "record_of", "united"]
