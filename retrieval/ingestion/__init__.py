"""From sources to the store: articles come in, cut passages, numbered terms and facts go to :mod:`retrieval.store`.

:mod:`~retrieval.ingestion.pipeline` reads and writes, :mod:`~retrieval.ingestion.analysis` does the costly part in any
process: passages, segmentation, facts.  Each article is done once, however often it is read.
"""
