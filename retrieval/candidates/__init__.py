"""What may answer: a question comes in, articles with their promising stretches go out to :mod:`retrieval.ranking`.

The index proposes passages by words and by words and days; slips of the pen are mended with the library's own words;
the spans of a text that could be the short answer are found by the kind that is asked.
"""
