"""Which candidate answers best: features of articles and spans come in, the same in order and with a sureness go out.

Agreement of days and agencies, coverage and closeness of the question's words, facts, and what contradicts; weighed by
numbers that were learned (``data/weights.json``).  :mod:`retrieval.answering` says the best one.
"""
