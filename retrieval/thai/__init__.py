"""Pure functions on text: cleaning, segmentation, days, people, places; text in, text or spans out.

Imports nothing of ours, so that everything else may use it.
"""
