"""What the tables of ``data/`` know: agencies, provinces, people, abbreviations, synonyms, English, holidays.

Text comes in; what it names goes out, with every other way the news may write it.  Used by facts, question and all that
follow; a new name or abbreviation is a line of a table, not code.
"""
