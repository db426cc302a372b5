"""Names of test cases that are the same in every process: two workers must collect the same tests."""

import re


def stable(value):
    """Show a value shortly, without its address in memory, and a set in the order of its members."""
    if isinstance(value, set | frozenset):
        return f"set of {sorted(value, key=repr)!r}"[:40]
    return re.sub(r" at 0x[0-9a-f]+", "", repr(value))[:40]
