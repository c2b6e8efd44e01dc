"""The store: SQLite through sqlite-utils, the one truth of a library.

store = Store.open(folder, create=True)
with store.writing() as writer:
    writer.add(batch)
store.articles([1, 2, 3])
"""

from retrieval.store.rows import StoredArticle, StoredFact, StoredPassage, StoreError
from retrieval.store.store import Store
from retrieval.store.writer import Counts, Writer

__all__ = ["Counts", "Store", "StoreError", "StoredArticle", "StoredFact", "StoredPassage", "Writer"]
