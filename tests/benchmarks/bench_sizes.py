"""How large the notebooks and the installed environment are. The same limits are gates in the tests."""

from measuring import table, target

from tutor.workshop import rules, weight
from tutor.workshop.bootstrap import ROOT


def test_sizes(report):
    sizes = {
        path.relative_to(ROOT).as_posix(): path.stat().st_size / 1000
        for folder in ("lessons", "exercises", "solutions")
        for path in (ROOT / folder).glob("*.ipynb")
    }
    packages = weight.weigh()
    total = sum(one.megabytes for one in packages)
    largest = sorted(sizes, key=sizes.get, reverse=True)[:5]
    report["Sizes"] = "\n\n".join(
        [
            target(
                f"notebooks in git at most {rules.MAX_BYTES / 1000:g} kB; the largest has "
                f"{sizes[largest[0]]:.0f} kB",
                max(sizes.values()) <= rules.MAX_BYTES / 1000,
            ),
            table(("The largest", "kB"), [(name, f"{sizes[name]:.0f}") for name in largest]),
            target(
                f"the environment with the lab at most {weight.MOST_MEGABYTES} MB; it has {total:.0f} MB in "
                f"{len(packages)} packages, compiled modules included",
                total <= weight.MOST_MEGABYTES,
            ),
            table(
                ("Package over 10 MB", "MB", "Why it is there"),
                [
                    (one.name, f"{one.megabytes:.0f}", weight.REASONS[one.name])
                    for one in packages
                    if one.name in weight.REASONS
                ],
            ),
        ]
    )
