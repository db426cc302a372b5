"""The class report: what a class could do, what it misunderstood, and who may want a word.

`results` reads what the grader wrote, `measures` counts (pure functions over plain values), `page` writes the
two pages of HTML, `command` is `python -m tutor report`.
"""
