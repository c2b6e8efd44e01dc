"""BM25 over passages, exactly as rank-bm25's BM25Okapi scores them, over postings in memory-mapped arrays.

    Index.build(folder, ((number, term_ids), ...))        # or IndexWriter, to append, delete and merge
    index = Index.open(folder)
    numbers, scores = index.search([3, 17, 4], limit=10)

Numbers are the caller's own (the store's row ids).  The index is a cache of the store: it can be deleted and built
again from the term ids that the store holds.
"""

from retrieval.index.arrays import IndexUnusable
from retrieval.index.index import Index
from retrieval.index.writer import IndexWriter

__all__ = ["Index", "IndexUnusable", "IndexWriter"]
