"""What is asked: a question's text comes in, a :class:`~retrieval.question.understanding.Question` goes out.

Its kind (who presided, when, how many), the words to look for with their other wordings, days, agencies and people.
:mod:`retrieval.candidates` looks for it.
"""
