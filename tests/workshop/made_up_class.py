"""A made-up class for the tests of the report: results as the grader writes them, drawn with a fixed seed."""

from __future__ import annotations

import json
import random
import tempfile
from functools import cache
from pathlib import Path

from tutor.checks import tasks as all_tasks
from tutor.workshop.contracts import exercise_of
from tutor.workshop.notebooks import course_notebooks
from tutor.workshop.report.results import ClassResults, read

NAMES = (
    "Aigerim Żółć",
    "Ana María Ó Súilleabháin",
    "Bold-Erdene Ganbaatar",
    "Chidi Okonkwo-Eze",
    "Đặng Thùy Dương",
    "Émile Quériaud",
    "Fatoumata Ndiaye",
    "Gönül Çağlayan",
    "Hyeon-woo Pyo",
    "Ingibjörg Hallgrímsdóttir",
    "Jürgen Weißmüller",
    "Kwabena Asantewaa",
    "Ludmiła Brzęczyszczykiewicz",
    "Mbali Zwane",
    "Nguyễn Khánh",
    "O'Callaghan-Byrne Q",
    "Phạm Xuân",
    "Qiáng Ōuyáng",
    "Rósalind Æbeltoft",
    "Sørine Knudsdatter",
    "Tserendulam Bat-Ölzii",
    "Ulziibayar <b>Zul</b>",
    "Vytautė Žemaitytė",
    "Wójcik Źdźbło",
    "Xiomara Yañez",
    "Ysabeau d'Héricourt",
    "Zübeyde Şimşek",
    "王小明",
    "Ярослава Щукина",
    "김하늘",
)


@cache
def _exercises() -> dict[str, dict]:
    found = {}
    for notebook in course_notebooks():
        if notebook.kind == "solution":
            exercise = exercise_of(notebook)
            found[exercise.number] = {
                "number": exercise.number,
                "title": exercise.title,
                "tasks": [
                    {
                        "id": task.id,
                        "title": task.title,
                        "kind": task.kind,
                        "points": task.points,
                        "stretch": task.stretch,
                    }
                    for task in exercise.tasks
                ],
            }
    return found


def content(numbers: tuple[str, ...] = ("01", "08"), students: int = 30, seed: int = 1993) -> dict:
    """Draw a class: some strong and some weak, one whose notebook hangs, one who left almost all empty."""
    draw = random.Random(seed)
    handed_in = []
    strengths = {name: draw.gauss(0.75, 0.2) for name in NAMES[:students]}
    for number in numbers:
        exercise = _exercises()[number]
        for place, (name, strength) in enumerate(strengths.items()):
            hangs = place == 5 and number == numbers[0]
            answers = [
                _answer(task, strength, draw, hangs, place == 7) for task in exercise["tasks"]
            ]
            handed_in.append(
                {
                    "student": name,
                    "exercise": number,
                    "file": f"{number}/{name.replace(' ', '_')}.ipynb",
                    "trouble": "The notebook ran for more than 60 seconds and was stopped."
                    if hangs
                    else "",
                    "tasks": answers,
                }
            )
    return {
        "format": 1,
        "exercises": [_exercises()[number] for number in numbers],
        "students": handed_in,
    }


def _answer(task: dict, strength: float, draw: random.Random, hangs: bool, gave_up: bool) -> dict:
    check = all_tasks()[task["id"]]
    result = {"task": task["id"], "possible": task["points"], "points": 0}
    result |= {"mistake": "", "misconception": "", "message": "", "hint": ""}
    if hangs:
        return result | {"status": "not run"}
    if gave_up or draw.random() < (0.5 if task["stretch"] else 0.08):
        return result | {"status": "missing"}
    if task["kind"] == "argue" and draw.random() < 0.8:
        return result | {"status": "to read", "points": None}
    if draw.random() < 0.03:
        return result | {"status": "unreadable", "message": "You gave 'no idea'."}
    # One task of each exercise is a lottery, so that it tells nothing about anybody.
    chance = 0.5 if task["id"].endswith(".4") else strength
    if draw.random() < chance and task["kind"] != "argue":
        return result | {"status": "right", "points": task["points"], "message": check.why}
    weights = [1 / (1 + place) for place in range(len(check.mistakes))]
    mistake = draw.choices(check.mistakes, weights)[0]
    return result | {
        "status": "wrong",
        "mistake": mistake.name,
        "misconception": mistake.misconception,
        "message": mistake.message,
        "hint": mistake.hint,
    }


def write(folder: Path, **drawn: object) -> Path:
    """Draw a class into a file as the grader writes it."""
    return write_content(folder, content(**drawn))


def write_content(folder: Path, written: dict) -> Path:
    """Write results, perhaps changed, into a file."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "results.json"
    path.write_text(json.dumps(written, ensure_ascii=False), encoding="utf-8")
    return path


def results_of(written: dict) -> ClassResults:
    """Read results as the report does, by way of a file."""
    with tempfile.TemporaryDirectory() as folder:
        return read(write_content(Path(folder), written))
