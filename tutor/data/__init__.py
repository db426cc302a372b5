"""The course's facts: clean tables, one loader, and the way from any fact to its source."""
