"""Hold the notebooks to all rules, and write all that is made from them.

`python -m tutor notebooks` says what is wrong and changes nothing. With ``--write`` it first runs
the four commands that write, in the order in which they need each other: `clean` (lessons and
solutions), `exercises` (out of the solutions), `index` (out of all contracts), `guide` (the parts of
the instructor's guide that repeat contracts, questions and checks).
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from tutor.workshop import clean, exercises, guide, guide_rules, index
from tutor.workshop.bootstrap import COURSE
from tutor.workshop.notebooks import REPOSITORY, course_notebooks, read
from tutor.workshop.pairs import course_problems
from tutor.workshop.rules import notebook_problems


def problems_of_course(root: Path = REPOSITORY) -> list[str]:
    """Say everything that is wrong with notebooks, pairs, guide and what is made from them."""
    problems = [
        f"{notebook.name}: {problem}"
        for notebook in course_notebooks(root)
        for problem in notebook_problems(notebook)
    ]
    try:
        return [
            *problems,
            *course_problems(root),
            *index.index_problems(root),
            *guide.guide_problems(root),
            *guide_rules.guide_rule_problems(root),
        ]
    except ValueError as error:  # a contract that cannot be read
        return [*problems, str(error)]


def main(argv: list[str] | None = None) -> int:
    """Hold the named notebooks, or the whole course, to the rules."""
    parser = argparse.ArgumentParser(prog=f"{COURSE} notebooks", description=main.__doc__)
    parser.add_argument("notebooks", nargs="*", type=Path, help="default: the whole course")
    parser.add_argument("--write", action="store_true", help="first clean, and make what is made")
    parser.add_argument("--root", type=Path, default=REPOSITORY, help=argparse.SUPPRESS)
    arguments = parser.parse_args(argv)
    root = arguments.root.resolve()
    if arguments.write:
        for command in (clean, exercises, index, guide):
            if command.main(["--root", str(root)]):
                return 1
    try:
        problems = [
            f"{path}: {problem}"
            for path in arguments.notebooks
            for problem in notebook_problems(read(path.resolve(), root))
        ]
        if not arguments.notebooks:
            problems = problems_of_course(root)
    except (OSError, ValueError) as error:
        print(error, file=sys.stderr)
        return 2
    print("\n".join(problems) if problems else "The notebooks keep to all rules.")
    return int(bool(problems))


if __name__ == "__main__":
    sys.exit(main())
