"""The explorables, one module a lesson: each a chart, its controls and its words, by one call."""
