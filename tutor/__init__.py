"""Across the Tumen: the helper package of the course."""
