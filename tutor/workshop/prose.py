"""How prose carries facts: links to rows, and the comparison of a text with the rows it links to.

A date, a figure or a name in Markdown is a link whose target is the id of its row::

    The treaty of [28 May 1858](#E001) ... [natural economic territories](#G06) ...
    [Khasan](#P33) ... as [Scalapino](#scalapino-1991) argued ... a weight of [0.3](#TV012)

`references` reads the links, `check_reference` compares a link's text with the row, `bare_figures`
finds the dates and figures that no link covers, and `contested_names` holds a text to the course's
policy on names that peoples dispute.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from html import unescape

from tutor import data
from tutor.data import Record
from tutor.data.schema import MONTHS, split
from tutor.derived import all_derived

__all__ = ["bare_figures", "check_reference", "contested_names", "headings", "references"]

FIRST_YEAR, LAST_YEAR = 1800, 2030

# Names of things that hold a year or a number without stating a fact.
NAMES_WITH_FIGURES = ("1993 Tumen study", "1993 study")
# The five steps of the study's model are called by these numbers.
STEP = re.compile(r"(?<![\d.,])[12]\.[123](?![\d.,]*\d)")
NUMBERED = re.compile(
    r"\b(?:lessons?|exercises?|tasks?|sections?|steps?|models?|versions?|chapters?|figures?|pages?|"
    r"questions?|Python|JupyterLab|no\.|nos\.|p\.|pp\.|fn\.|§)\s*\d+(?:\.\d+)*"
    r"(?:\s*(?:,|and|or|to|[-–])\s*\d+(?:\.\d+)*)*",
    re.IGNORECASE,
)

FENCE = re.compile(r"^(```|~~~).*?^\1[`~]*[ \t]*$", re.MULTILINE | re.DOTALL)
INLINE_CODE = re.compile(r"(`+)(?!`).*?(?<!`)\1(?!`)", re.DOTALL)
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
TAG = re.compile(r"</?[A-Za-z][^<>]*>")
FACT_LINK = re.compile(r"(?<!!)\[((?:[^\[\]]|\[[^\[\]]*\])*)\]\(#([^()\s]+)\)")
ANY_LINK = re.compile(r"!?\[(?:[^\[\]]|\[[^\[\]]*\])*\]\([^()\s]*(?:\s+\"[^\"]*\")?\)")
ADDRESS = re.compile(r"<?\bhttps?://[^\s>)]+>?")
HEADING = re.compile(r"^ {0,3}#{1,6}[ \t]+(.+?)[ \t]*#*[ \t]*$", re.MULTILINE)


def _listed(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_MONTH = (
    r"(?P<month>Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|"
    r"Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b\.?"
)
_YEAR = r"(?P<year>1[89]\d\d|20[0-3]\d)"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_DASH = r"\s*[-–—]\s*"
DAY_MONTH = re.compile(
    rf"\b{_DAY}(?:(?:{_DASH}|\s+(?:and|to)\s+)(?P<last>[0-3]?\d))?\s+(?:of\s+)?{_MONTH}"
    rf"(?:,?\s+{_YEAR}\b)?"
)
MONTH_DAY = re.compile(
    rf"\b{_MONTH}\s+{_DAY}(?!\d|[.,]\d{{3}}|\s*(?:percent|million|billion))"
    rf"(?:{_DASH}(?P<last>[0-3]?\d)(?!\d))?(?:,?\s+{_YEAR}\b)?"
)
MONTH_YEAR = re.compile(rf"\b{_MONTH},?\s+(?:of\s+)?{_YEAR}(?![\d]|[.,]\d)")
ISO_DATE = re.compile(rf"\b{_YEAR}-(?P<month>0[1-9]|1[0-2])-(?P<day>[0-3]\d)\b")
ISO_MONTH = re.compile(rf"\b{_YEAR}-(?P<month>0[1-9]|1[0-2])\b(?!-)")
YEARS = re.compile(rf"(?<![\d.,]){_YEAR}\s*[-–—/]\s*(?P<last>\d{{4}}|\d{{2}})(?![\d]|[.,]\d)")
YEAR = re.compile(rf"(?<![\w.,$€¥£]){_YEAR}(?![\w]|[.,]\d|\s*[-–]?\s*(?:tonnes?|dollars|km)\b)")
DECADE = re.compile(r"\b(?P<decade>1[89]\d|20[0-3])0s\b")

SCALES = {
    "hundred": 1e2,
    "thousand": 1e3,
    "million": 1e6,
    "billion": 1e9,
    "trillion": 1e12,
    "m": 1e6,
    "bn": 1e9,
}
_SMALL = _listed(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
)
_TENS = {
    word: 20 + 10 * place
    for place, word in enumerate(_listed("twenty thirty forty fifty sixty seventy eighty ninety"))
}
WORDS = {word: value for value, word in enumerate(_SMALL)} | _TENS
_UNITS_OF_TENS = "|".join(_SMALL[1:10])
_SCALE = r"(?:hundred|thousand|million|billion|trillion|bn)"
SPELLED = re.compile(
    rf"\b(?:(?P<tens>{'|'.join(_TENS)})(?:[- ](?P<units>{_UNITS_OF_TENS}))?|"
    rf"(?P<small>{'|'.join(_SMALL)})|(?P<one>an?)(?=\s+{_SCALE}\b))(?P<scales>(?:[\s-]+{_SCALE})*)\b",
    re.IGNORECASE,
)
NUMERAL = re.compile(
    rf"(?<![\w.,])(?P<currency>US\$|[$€¥£])?(?P<whole>\d{{1,3}}(?:[,\u00a0\u202f]\d{{3}})+|\d+)"
    rf"(?P<part>\.\d+)?(?P<ordinal>st|nd|rd|th)?(?:[\s\u00a0-]+(?P<scale>{_SCALE})s?\b)?(?!\w)"
)

_MEASURES = (
    r"%|per\s?cent(?:age points?)?|(?:US |American )?dollars?|USD|yuan|CNY|yen|JPY|roubles?|"
    r"rubles?|won|(?:Swiss )?francs?|CHF|euros?|(?:square |cubic )?(?:kilo)?met(?:re|er)s?|"
    r"(?:sq\.? )?km²?|hectares?|miles?|li|tonnes?|tons?"
)
_COUNTED = (
    r"workers?|labourers?|people|persons|inhabitants|Koreans|soldiers?|troops|divisions?|ships?|vessels|"
    r"barges|firms?|compan(?:y|ies)|ventures?|contracts?|projects?|deposits?|minerals|trainees?|"
    r"countries|states|cities|counties|members|organisations|votes?|piers?|islands|delegations|"
    r"treaties|alliances|ties"
)
_BETWEEN = r"[\s\u00a0-]+(?:[a-z]+(?:-[a-z]+)?\s+){0,2}?"
MEASURED = re.compile(rf"(?:[\s\u00a0-]*(?:{_MEASURES}))(?!\w)", re.IGNORECASE)
COUNTED = re.compile(rf"{_BETWEEN}(?:{_COUNTED})\b", re.IGNORECASE)

Day = tuple[int | None, int | None, int | None]


@dataclass(frozen=True)
class Figure:
    """A date or a number found in a text.

    Attributes
    ----------
    text : str
        As it stands there.
    date : tuple of (int or None) or None
        Year, month and day, each `None` when not said; `None` for what is no date.
    value : float or None
        The number in full, scale word included; `None` for what is no number.
    spelled : bool
        Whether a word gives the number.
    scaled : bool
        Whether hundred, thousand, million or the like follows.
    decade : int or None
        First year of a decade such as the 1990s.
    tail : str
        What follows in the text, to see the unit.
    currency : bool
        Whether a currency sign stands before it.
    ordinal : bool
        Whether it is a place in an order, such as 19th.
    """

    text: str
    date: Day | None = None
    value: float | None = None
    spelled: bool = False
    scaled: bool = False
    decade: int | None = None
    tail: str = ""
    currency: bool = False
    ordinal: bool = False


def _month(name: str) -> int:
    return next(n for n, month in enumerate(MONTHS, 1) if month.startswith(name.title()[:3]))


def _dates(match: re.Match[str], text: str) -> Iterator[Figure]:
    found = match.groupdict()
    year = int(found["year"]) if found.get("year") else None
    month = found.get("month")
    number = None if not month else int(month) if month.isdigit() else _month(month)
    day = int(found["day"]) if found.get("day") else None
    whole = match.group(0).strip(" .")
    yield Figure(whole, date=(year, number, day))
    if found.get("last") and day:
        yield Figure(whole, date=(year, number, int(found["last"])))
    elif found.get("last") and year:
        last = found["last"]
        yield Figure(whole, date=(int(str(year)[: 4 - len(last)] + last), None, None))


def _number(match: re.Match[str], text: str) -> Iterator[Figure]:
    found = match.groupdict()
    whole = re.sub(r"\D", "", found["whole"])
    value = float(whole + (found["part"] or ""))
    scale = found["scale"]
    yield Figure(
        match.group(0).strip(),
        value=value * SCALES[scale.lower()] if scale else value,
        scaled=bool(scale),
        tail=text[match.end() : match.end() + 60],
        currency=bool(found["currency"]),
        ordinal=bool(found["ordinal"]),
    )


def _spelled(match: re.Match[str], text: str) -> Iterator[Figure]:
    found = match.groupdict()
    if found["tens"]:
        value = WORDS[found["tens"].lower()] + WORDS[(found["units"] or "zero").lower()]
    else:
        value = WORDS[found["small"].lower()] if found["small"] else 1
    scales = found["scales"].lower().replace("-", " ").split()
    yield Figure(
        match.group(0).strip(),
        value=value * math.prod(SCALES[scale] for scale in scales),
        spelled=True,
        scaled=bool(scales),
        tail=text[match.end() : match.end() + 60],
    )


def _decade(match: re.Match[str], text: str) -> Iterator[Figure]:
    yield Figure(match.group(0), decade=int(match["decade"]) * 10)


# In this order: what an earlier pattern has read, a later one does not see.
_READERS = (
    (DECADE, _decade),
    (ISO_DATE, _dates),
    (DAY_MONTH, _dates),
    (MONTH_DAY, _dates),
    (MONTH_YEAR, _dates),
    (YEARS, _dates),
    (YEAR, _dates),
    (NUMERAL, _number),
    (SPELLED, _spelled),
)


def _read(text: str, *, iso_months: bool = False) -> tuple[list[Figure], str]:
    """Return the figures of a text, and the text with spaces where they stood."""
    figures: list[Figure] = []
    readers = ((ISO_DATE, _dates), (ISO_MONTH, _dates), *_READERS) if iso_months else _READERS
    for pattern, reader in readers:
        for match in pattern.finditer(text):
            figures.extend(reader(match, text))
        text = pattern.sub(lambda match: "\x00" * len(match.group(0)), text)
    return figures, text.replace("\x00", " ")


# ------------------------------------------------------------------ reading Markdown


def _without_code(markdown: str) -> str:
    text = COMMENT.sub(" ", markdown)
    text = FENCE.sub(" ", text)
    return INLINE_CODE.sub(" ", text)


def _plain(text: str) -> str:
    text = unescape(TAG.sub(" ", text))
    text = re.sub(r"\\([\\`*_{}\[\]()#+.!$-])", r"\1", text)
    text = re.sub(r"[*`]|(?<!\w)_|_(?!\w)", "", text)
    return re.sub(r"\s+", " ", text).strip()


def references(markdown: str) -> list[tuple[str, str]]:
    """Return the links of a Markdown text whose target starts with ``#``.

    Parameters
    ----------
    markdown : str
        Any text; code in it is passed over.

    Returns
    -------
    list of (str, str)
        Text and target of each link, in order; the text without emphasis, the target without
        its ``#``. Links to headings of the same page are among them: see `headings`.
    """
    from urllib.parse import unquote

    found = FACT_LINK.findall(_without_code(markdown))
    return [(_plain(text), unquote(target)) for text, target in found]


def headings(markdown: str) -> frozenset[str]:
    """Return the anchors that the headings of a text make: their words, joined by hyphens."""
    text = _without_code(markdown)
    return frozenset(re.sub(r"\s", "-", _plain(ANY_LINK.sub("", h))) for h in HEADING.findall(text))


def bare_figures(markdown: str) -> list[str]:
    """Return the dates and figures of a prose text that no link covers.

    Dates from 1800 to 2030, numbers with a unit of money, length, area, weight or share, numbers of
    counted things from thirteen on, numbers from 1,000 on and decimals. Left alone: code, headings,
    decades, addresses, numbers of lessons, steps and the like, minutes, and small counts such as
    "three questions".

    Parameters
    ----------
    markdown : str
        A prose text such as a notebook's Markdown cell.
    """
    text = _without_code(markdown)
    text = HEADING.sub(" ", text)
    for pattern in (ANY_LINK, ADDRESS, TAG, NUMBERED, STEP):
        text = pattern.sub(" ; ", text)
    for name in NAMES_WITH_FIGURES:
        text = text.replace(name, " ; ")
    figures, _ = _read(_plain(text))
    return list(dict.fromkeys(figure.text for figure in figures if _states_a_fact(figure)))


def _states_a_fact(figure: Figure) -> bool:
    if figure.date is not None:
        return figure.date[0] is None or FIRST_YEAR <= figure.date[0] <= LAST_YEAR
    if figure.value is None or figure.ordinal:
        return False
    # "a hundred ways" is a manner of speaking, "a million dollars" is not
    vague = figure.spelled and figure.text.lower().startswith(("a ", "an "))
    if figure.currency or MEASURED.match(figure.tail):
        return True
    if figure.spelled:
        if vague:
            return False
        return figure.scaled or (figure.value >= 13 and bool(COUNTED.match(figure.tail)))
    if figure.scaled or figure.value >= 1000 or "." in figure.text:
        return True
    return figure.value >= 13 and bool(COUNTED.match(figure.tail))


# ------------------------------------------------------------------ what a row allows


FUNCTION_WORDS = frozenset(
    _listed(
        """
        a about above across after against all also an and another any are around as at back be
        because become before began begin being below between both but by can close could did do
        during each early end even ever every few for from further had has have he her here his
        how however if in into is it its just last late later least less like long made main
        make many may mid more most much near never new next no nor not now of off old on once
        one only open opened opening or other our out over own part per same say said set
        several she since so some still such take than that the their them then there these they
        this those through thus to today together too two under until up upon us was way we were
        what when where which while who whose why will with within without would yet you your
        """
    )
)
# With them, words that say too little to show that a link goes to the right row.
GENERIC = FUNCTION_WORDS | frozenset(
    _listed(
        """
        first second third fourth fifth north south east west northern southern eastern western
        northeast treaty agreement pact convention protocol accord declaration communique
        alliance armistice law decree war battle fighting fight clash conflict meeting meet
        conference summit talk session visit commission committee council zone area region
        regional river port city town village place border boundary line crossing bridge railway
        rail road mouth coast sea island lake hill mountain bay land economic economy trade
        policy plan project programme program initiative scheme development cooperation relation
        diplomatic political security international national local state country government
        power peace friendship mutual basic joint history historical study document source row
        table figure number total year month day date week time decade century man people sign
        signed signing found founded founding ended start started work report dollar usd yuan
        yen rouble ruble franc euro percent kilometre meter metre tonne ton mile li hectare
        square cubic million billion trillion thousand hundred worker ship vessel firm company
        venture january february march april june july august september october november
        december swiss american
        """
    )
)


def _stem(word: str) -> str:
    word = unicodedata.normalize("NFKD", word.lower())
    word = "".join(letter for letter in word if not unicodedata.combining(letter))
    word = unicodedata.normalize("NFC", word)
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith(("sses", "xes", "ches", "shes")):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def _words(text: str) -> list[str]:
    text = re.sub(r"['’]s\b|['’](?=\s|$)", "", text)
    return re.findall(r"[^\W\d_]+", text)


def _stems(text: str) -> list[str]:
    return [_stem(word) for word in _words(text)]


def _alike(one: str, other: str) -> bool:
    return one == other or (len(one) > 5 and len(other) > 5 and one[:6] == other[:6])


def _any_alike(words: Iterable[str], known: Iterable[str]) -> bool:
    known = tuple(known)
    return any(_alike(word, other) for word in words for other in known)


@cache
def _names_of_codes() -> dict[str, str]:
    columns = ("code", "name", "adjective", "capital", "other_names")
    return {
        row["code"]: " ; ".join(row[column] for column in columns)
        for row in data.rows("country_names")
    }


_NATIVE = ("zh", "ko", "ja", "ru", "mn")
# What the row holds without saying it of the world.
_SILENT_TYPES = ("sources", "ids")


@dataclass(frozen=True)
class _Said:
    """What one row says: its names, its words, its dates and its numbers."""

    variants: tuple[frozenset[str], ...]
    names: frozenset[str]
    words: frozenset[str]
    dates: tuple[Day, ...]
    decades: frozenset[int]
    numbers: tuple[float, ...]


@cache
def _said(record: Record) -> _Said:
    schema = data.schema_of(record.table)
    names: list[str] = [record[column] for column in schema.names]
    texts: list[str] = []
    figures: list[Figure] = []
    numbers: list[float] = []
    for column in schema.columns.values():
        cell = record[column.name]
        counts_quotes = record.table in ("errata", "bibliography")
        if not cell or column.type in _SILENT_TYPES or column.name in (schema.identifier, "url"):
            continue
        if column.quoted and not counts_quotes:
            continue
        if column.references == "country_names.code":
            names += [_names_of_codes().get(code, code) for code in split(cell)]
        elif column.name in (*_NATIVE, "other_names", "subnational_actors", "what_is_right"):
            names.append(cell)
        if column.type in ("number", "integer"):
            value = float(cell)
            scale = _scale_of(record[column.unit_in]) if column.unit_in else 1.0
            numbers += [value, value * column.factor, value * scale]
        texts.append(cell)
        figures += _read(cell, iso_months=True)[0]
    numbers += [figure.value for figure in figures if figure.value is not None]
    return _Said(
        variants=tuple(_variants(names)),
        names=frozenset(s for name in names for s in _stems(name)) - GENERIC,
        words=frozenset(s for text in (*texts, *names) for s in _stems(text)),
        dates=tuple(figure.date for figure in figures if figure.date is not None),
        decades=frozenset(figure.decade for figure in figures if figure.decade is not None),
        numbers=tuple(numbers),
    )


def _scale_of(unit: str) -> float:
    return SCALES.get(unit.split(" ")[0].lower(), 1.0)


def _variants(names: Iterable[str]) -> Iterator[frozenset[str]]:
    for name in names:
        for part in (name, *re.split(r"[;/()]|, ", name)):
            if stems := frozenset(_stems(part)):
                yield stems


def _same_day(claimed: Day, row: Day, years: frozenset[int]) -> bool:
    for place, part in enumerate(claimed):
        if part is None:
            continue
        if row[place] is None:
            # "9-11 October" in a row that gives the year elsewhere
            if place == 0 and part in years:
                continue
            return False
        if row[place] != part:
            return False
    return True


def _in_words(day: Day) -> str:
    year, month, number = day
    parts = [str(number) if number else "", MONTHS[month - 1] if month else ""]
    return " ".join([*filter(None, parts), *([str(year)] if year else [])])


def _written(number: float) -> str:
    return f"{number:,.0f}" if number == int(number) else f"{number:,}"


def check_reference(text: str, id: str) -> list[str]:
    """Compare a link's text with the row it links to.

    Every date in the text must be one of the row's, said at most as exactly as there; every number
    must be one of the row's, in whatever form ("30 billion", "30,000 million", "thirty billion").
    A text without either must name something: a word of the row's name or of its actors, or a
    proper name that the row mentions; a word such as "treaty" or "zone" alone does not count. In a
    text with dates or numbers, proper names must fit too. What a source says wrongly is no fact of
    an event: link it to the erratum.

    Parameters
    ----------
    text : str
        The link's text.
    id : str
        The link's target without ``#``.

    Returns
    -------
    list of str
        A sentence for each thing that is wrong; empty when text and row agree.
    """
    if id in all_derived():
        printed = all_derived()[id].printed
        return [] if _states(text, printed) else [f"[{text}](#{id}): {id} is {printed}."]
    try:
        record = data.find(id)
    except KeyError as missing:
        return [f"[{text}](#{id}): {missing.args[0]}"]
    if record.id != id:
        return [f"[{text}](#{id}): write the id as {record.id}"]
    return [f"[{text}](#{id}): {problem}" for problem in _problems(_plain(text), record)]


def _states(text: str, printed: str) -> bool:
    """Whether a text states just this number: as digits, or as a number word up to twelve."""
    signed = text.replace("\u2212", "-")
    # A dash between two numbers is no sign.
    numbers = re.findall(r"(?<![\w.])-?\d+(?:\.\d+)?|\d+(?:\.\d+)?", signed)
    words = re.findall(r"[a-z]+", text.lower())
    return [*numbers, *(str(WORDS[word]) for word in words if WORDS.get(word, 13) <= 12)] == [
        printed
    ]


def _problems(text: str, record: Record) -> Iterator[str]:
    said = _said(record)
    stems = frozenset(_stems(text))
    if not text:
        yield "the link has no text"
        return
    if stems in said.variants and not re.search(r"\d", text):
        return
    figures, rest = _read(text)
    claimed = [figure for figure in figures if _claims(figure, text)]
    for figure in claimed:
        yield from _figure_problems(figure, said, record)
    proper = {_stem(word) for word in _words(rest) if word[0].isupper()} - GENERIC
    known_proper = _any_alike(proper, said.words)
    if claimed:
        if proper and not known_proper:
            yield f"{record.table} row {record.id} ({record.name}) does not speak of {rest.strip()}"
        return
    content = stems - FUNCTION_WORDS
    named = any(variant <= stems for variant in said.variants) or (
        # "river mouth" for the Tumen River mouth: general words, but two of its name
        len(content) > 1 and any(content <= variant for variant in said.variants)
    )
    if not (named or known_proper or _any_alike(stems - GENERIC, said.names)):
        yield (
            f"{record.table} row {record.id} is {record.name!r}: the text names neither it nor a "
            "date or a number of it"
        )


def _claims(figure: Figure, text: str) -> bool:
    """Say whether a figure in a link's text is meant as one: "two-level game" holds none."""
    if figure.value is None or not figure.spelled:
        return True
    alone = figure.text == text.strip()
    return alone or figure.scaled or figure.value >= 13 or bool(MEASURED.match(figure.tail))


def _figure_problems(figure: Figure, said: _Said, record: Record) -> Iterator[str]:
    years = frozenset(day[0] for day in said.dates if day[0] is not None)
    if figure.date is not None:
        if not any(_same_day(figure.date, day, years) for day in said.dates):
            dates = ", ".join(dict.fromkeys(_in_words(day) for day in said.dates)) or "none"
            yield f"{figure.text!r} is no date of {record.id} ({record.name}); its dates: {dates}"
    elif figure.decade is not None:
        if figure.decade not in said.decades:
            yield f"{figure.text!r} is too vague to be checked: write a date of the row"
    elif not any(math.isclose(figure.value or 0.0, number) for number in said.numbers):
        numbers = ", ".join(dict.fromkeys(map(_written, said.numbers))) or "none"
        yield f"{figure.text!r} is no number of {record.id} ({record.name}); it has: {numbers}"


# ------------------------------------------------------------------ contested names


def contested_names(text: str, *, whole: str | None = None) -> list[str]:
    """Hold a text to the policy on contested names (``tables/contested_names.csv``).

    Parameters
    ----------
    text : str
        Where contested names are looked for; names of works in italics, quotations in double
        quotes and the exempt proper names do not count.
    whole : str, optional
        Where the other name may stand; `text` itself when not given.

    Returns
    -------
    list of str
        A sentence for each name that stands without its companion.
    """
    whole = text if whole is None else whole
    prose = _without_code(text)
    prose = re.sub(r"(?<!\*)\*(?!\*)[^*\n]+\*(?!\*)|(?<!\w)_[^_\n]+_(?!\w)", " ", prose)
    prose = re.sub(r"“[^”]*”|\"[^\"\n]*\"", " ", prose)
    found = []
    for row in data.rows("contested_names"):
        remaining = prose
        for proper in split(row["proper_names"]):
            remaining = re.sub(re.escape(proper).replace(r"\ ", r"\s+"), " ", remaining)
        for pair in split(row["companions"]):
            name, companion = pair.split("+")
            pattern = rf"\b{re.escape(name)}".replace(r"\ ", r"\s+")
            pattern += r"\b" if name.isupper() else ""
            if re.search(pattern, remaining) and companion not in whole:
                found.append(f"{name!r} stands without {companion!r}: write {row['name_used']}")
    return found
