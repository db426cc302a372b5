"""Draw the picture of the README out of the course's own map.

`python -m tutor picture` writes ``.github/lower_tumen.svg``; with ``--check`` it only says whether the
file was drawn from the map as it is now. The file carries the digest of the map's specification:
fonts differ from machine to machine, and so do the drawings, but not what was asked to be drawn.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from pathlib import Path

ROOT = Path(__file__).parents[2]
PICTURE = ROOT / ".github" / "lower_tumen.svg"


def digest() -> str:
    """Return the digest of what the picture shows."""
    from tutor.charts.figure import vega_lite
    from tutor.charts.maps import lower_tumen_map

    specification = json.dumps(vega_lite(lower_tumen_map()), sort_keys=True)
    return hashlib.sha256(specification.encode()).hexdigest()[:16]


def is_up_to_date(path: Path = PICTURE) -> bool:
    """Whether the file was drawn from the map as it is now."""
    return path.exists() and f"<!-- {digest()} -->" in path.read_text(encoding="utf-8")


def draw(path: Path = PICTURE) -> None:
    """Draw the picture."""
    import vl_convert

    from tutor.charts.figure import vega_lite
    from tutor.charts.maps import lower_tumen_map

    svg = vl_convert.vegalite_to_svg(vega_lite(lower_tumen_map()), vl_version="v5.21")
    path.write_text(f"{svg}\n<!-- {digest()} -->\n", encoding="utf-8")


def main(argv: list[str] | None = None) -> int:
    """Draw the picture, or with ``--check`` say whether it is up to date."""
    parser = argparse.ArgumentParser(prog="python -m tutor picture", description=__doc__)
    parser.add_argument("--check", action="store_true", help="only say whether it is up to date")
    if parser.parse_args(argv).check:
        fits = is_up_to_date()
        print("The picture is up to date." if fits else "It is old: run python -m tutor picture.")
        return 0 if fits else 1
    draw()
    print(f"{PICTURE.relative_to(ROOT)} drawn")
    return 0
