"""What an article states: who presided over what and when, the day of its event, the agency that speaks.

Articles come in, facts (with their places in the text) go out to :mod:`retrieval.ingestion`.  A statement is found by
its trigger ("เป็นประธาน", "เปิดงาน"), its person among the participants near it.
"""
