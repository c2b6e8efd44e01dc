"""Which candidate answers best: features of articles and spans come in, the same in order and with a sureness go out.

Articles are ordered by their evidence, the spans of the best of them compete, and the winner gets a probability; all
by models that were learned from questions (``data/models``).  :mod:`retrieval.answering` says the best one.
"""
