"""Values <-> database.

One file a table's queries, each a function that takes an open connection (`Database.begin` or
`.read`) and gives values of `aggregator.model`. The tables are drawn in `schema.py`.
"""

from sqlalchemy import Connection

from aggregator.store.database import Database

__all__ = ["Connection", "Database"]
