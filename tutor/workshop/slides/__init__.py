"""Decks of slides out of the lessons' own cells, by the cells' slide types.

``wording`` says what a slide shows of a cell of prose, ``deck`` puts an executed lesson's cells on slides,
``votes`` writes a question for the wall, ``reveal`` fetches reveal.js, and ``command`` writes the files.
"""
