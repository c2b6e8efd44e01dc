"""The reply in the article's own words: ranked articles come in, an :class:`~retrieval.model.Answer` goes out.

Articles of one event are one answer; the excerpt is the verbatim stretch that proves it; too little evidence is said as
"not found".  From here it goes through :class:`~retrieval.library.Library` to whoever asked.
"""
