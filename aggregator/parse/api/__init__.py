"""Answers made for programs -> items: JSON Feed, and JSON or XML that the source describes."""

from aggregator.parse.api.jsonfeed import parse_json_feed
from aggregator.parse.api.records import parse_api

__all__ = ["parse_api", "parse_json_feed"]
