"""pyproject.toml, uv.lock, environment.yml, README and workflow say the same."""

import ast
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml

from tutor.workshop import bootstrap, environment, lab
from tutor.workshop.bootstrap import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
README = (ROOT / "README.md").read_text(encoding="utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")

# What is imported under another name than its distribution's.
IMPORT_NAMES = {
    "ipython": "IPython",
    "jupyter-repo2docker": "repo2docker",
    "vl-convert-python": "vl_convert",
    "pytest-benchmark": "pytest_benchmark",
    "pytest-xdist": "xdist",
    "pyyaml": "yaml",
}
# Imported by tests only to look into the lab itself, which is a direct dependency.
PART_OF_THE_LAB = {"jupyter_server", "jupyter_client"}


def import_names(group=None):
    names = environment.direct_dependencies(group=group)
    return {IMPORT_NAMES.get(name, name.replace("-", "_")) for name in names}


def imports(code):
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield node.module.split(".")[0]


# What the library held before Python 3.12; the message to older Pythons still uses it.
ONCE_IN_THE_LIBRARY = {"distutils"}


def beyond_the_library(code):
    of_the_library = sys.stdlib_module_names | ONCE_IN_THE_LIBRARY
    return set(imports(code)) - of_the_library - {"tutor", "tests"}


def sources(*folders):
    for folder in folders:
        yield from sorted((ROOT / folder).rglob("*.py"))


def notebook_cells():
    for folder in ("lessons", "exercises", "solutions"):
        for path in sorted((ROOT / folder).glob("*.ipynb")):
            for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
                if cell["cell_type"] == "code":
                    yield path, "".join(cell["source"])


# --- dependencies -----------------------------------------------------------------------------


def test_environment_yml_is_what_its_command_makes():
    assert (ROOT / "environment.yml").read_text(encoding="utf-8") == environment.text()


def test_environment_yml_names_every_direct_dependency_at_its_locked_version():
    listed = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    assert listed["channels"] == ["conda-forge", "nodefaults"]
    pins = dict(entry.split("=") for entry in listed["dependencies"] if "=" in entry)
    assert re.fullmatch(r"3\.\d+\.\d+", pins.pop("python"))
    assert sorted(pins) == environment.direct_dependencies()
    lock = tomllib.loads((ROOT / "uv.lock").read_text(encoding="utf-8"))
    locked = {(package["name"], package["version"]) for package in lock["package"]}
    assert set(pins.items()) <= locked


def test_what_runs_in_a_notebook_imports_only_direct_dependencies():
    allowed = import_names()
    workshop = ROOT / "tutor" / "workshop"
    for path in sources("tutor"):
        if workshop not in path.parents:
            code = path.read_text(encoding="utf-8")
            strange = beyond_the_library(code) - allowed
            assert not strange, f"{path} imports {strange}: add it to pyproject.toml"
    for path, code in notebook_cells():
        strange = beyond_the_library(code) - allowed
        assert not strange, f"{path} imports {strange}: add it to pyproject.toml"


def test_workshop_and_tests_import_only_what_is_declared():
    allowed = import_names() | import_names("dev") | PART_OF_THE_LAB
    own = {path.stem for path in sources("tests")} | {p.parent.name for p in sources("tests")}
    for path in sources("tutor/workshop", "tests"):
        strange = beyond_the_library(path.read_text(encoding="utf-8")) - allowed - own
        assert not strange, f"{path} imports {strange}: add it to pyproject.toml, group dev"


def test_the_import_test_itself_sees_imports():
    code = "import numpy.linalg\ndef f():\n    from pandas import Series\nimport json, tutor"
    assert beyond_the_library(code) == {"numpy", "pandas"}


def test_the_lock_is_current():
    lock = tomllib.loads((ROOT / "uv.lock").read_text(encoding="utf-8"))
    (course,) = (one for one in lock["package"] if one["name"] == bootstrap.DISTRIBUTION)
    assert course["source"] == {"editable": "."}
    assert lock["requires-python"] == PROJECT["project"]["requires-python"]
    meta = course["metadata"]
    for listed, declared in (
        (meta["requires-dist"], PROJECT["project"]["dependencies"]),
        (meta["requires-dev"]["dev"], PROJECT["dependency-groups"]["dev"]),
    ):
        locked = {one["name"]: one.get("specifier", "") for one in listed}
        wanted = {environment.normal(re.split(r"[^\w.-]", one, maxsplit=1)[0]) for one in declared}
        assert locked.keys() == wanted
        for one in declared:
            name, bounds = re.fullmatch(r"([\w.-]+)(.*)", one).groups()
            assert set(locked[environment.normal(name)].split(",")) == set(bounds.split(","))


def test_uv_agrees_that_the_lock_is_current():
    own = bootstrap.uv_in(Path(sys.prefix))
    uv = shutil.which("uv") or (str(own) if own.exists() else None)
    if uv is None:
        pytest.skip("no uv at hand; the test above compares by itself")
    done = subprocess.run(
        [uv, "lock", "--check", "--offline"], cwd=ROOT, capture_output=True, text=True
    )
    if "network" in done.stderr and "offline" in done.stderr.lower():
        pytest.skip("uv wants the network for this")
    assert done.returncode == 0, done.stderr


def test_every_locked_file_has_a_hash():
    lock = tomllib.loads((ROOT / "uv.lock").read_text(encoding="utf-8"))
    for package in lock["package"]:
        files = [*package.get("wheels", ()), *filter(None, [package.get("sdist")])]
        assert files or "editable" in package["source"], package["name"]
        assert all(one["hash"].startswith("sha256:") for one in files)


# --- supported Pythons ------------------------------------------------------------------------


def classified_pythons():
    prefix = "Programming Language :: Python :: "
    classifiers = PROJECT["project"]["classifiers"]
    return [line.removeprefix(prefix) for line in classifiers if line.startswith(prefix)]


def test_the_supported_pythons_are_the_same_everywhere():
    pythons = classified_pythons()
    assert pythons == sorted(pythons, key=lambda text: [int(part) for part in text.split(".")])
    assert PROJECT["project"]["requires-python"] == f">={pythons[0]}"
    start = (ROOT / "tutor" / "__main__.py").read_text(encoding="utf-8")
    assert f"OLDEST = ({pythons[0].replace('.', ', ')})" in start
    assert PROJECT["tool"]["ruff"]["target-version"] == f"py{pythons[0].replace('.', '')}"
    assert workflow()["jobs"]["systems"]["strategy"]["matrix"]["python"] == pythons
    sentence = f"Python {', '.join(pythons[:-1])} or {pythons[-1]}"
    assert sentence in README
    assert sentence.replace(" or ", " and ") in CONTRIBUTING
    assert environment.PYTHON.rpartition(".")[0] in pythons


# --- README, CI, workflow ---------------------------------------------------------------------


def workflow():
    return yaml.safe_load((ROOT / ".github" / "workflows" / "test.yml").read_text(encoding="utf-8"))


def test_ci_runs_the_test_command_of_the_readme():
    assert "\npython3 -m tutor test\n" in README
    run = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert run.rstrip().endswith("exec python3 -m tutor test")
    steps = workflow()["jobs"]["complete"]["steps"]
    assert steps[-1]["run"] == "bash .ci/run"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such bit")
@pytest.mark.parametrize("name", [".ci/run", "postBuild"])
def test_scripts_can_be_run_and_are_valid(name):
    assert os.access(ROOT / name, os.X_OK)
    done = subprocess.run(["bash", "-n", str(ROOT / name)], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_the_readme_starts_the_course_by_the_command_that_is_tested():
    assert "\n   python3 -m tutor start\n" in README
    assert "py -m tutor start" in README
    assert "<!-- syllabus:begin -->" in README
    assert "<!-- syllabus:end -->" in README
    systems = workflow()["jobs"]["systems"]
    assert {step.get("run") for step in systems["steps"]} >= {
        "python -m tutor start --check",
        "python -m tutor test --fast",
    }
    assert systems["strategy"]["matrix"]["os"] == [
        "ubuntu-latest",
        "macos-latest",
        "windows-latest",
    ]


def test_every_command_that_the_pages_name_exists():
    from tutor.workshop.commands import COMMANDS

    named = set(re.findall(r"-m tutor ([\w-]+)", README + CONTRIBUTING))
    assert named
    assert named <= set(COMMANDS)


def test_the_address_of_the_repository_is_the_same_everywhere():
    address = PROJECT["project"]["urls"]["Repository"]
    owner_and_name = address.removeprefix("https://github.com/")
    assert (
        f"https://mybinder.org/v2/gh/{owner_and_name}/HEAD?urlpath=lab/tree/{lab.FIRST_NOTEBOOK}"
        in README
    )
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert citation["repository-code"] == address
    others = set(re.findall(r"mybinder\.org/v2/gh/([\w.-]+/[\w.-]+)/", README))
    assert others == {owner_and_name}


def test_the_citation_file_fits_the_project():
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert citation["cff-version"] == "1.2.0"
    assert citation.keys() >= {"message", "title", "authors"}
    assert str(citation["version"]) == PROJECT["project"]["version"]
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", citation["date-released"])
    assert " AND ".join(citation["license"]) == PROJECT["project"]["license"]
    holders = citation["authors"][0]["name"]
    for name in ("LICENSE", "LICENSE-TEXT"):
        assert holders in (ROOT / name).read_text(encoding="utf-8")


def test_the_repository_can_be_cloned_on_windows():
    # Names that differ by case only, or that Windows forbids, cannot be checked out there.
    listed = subprocess.run(
        ["git", "-C", str(ROOT), "ls-files"], capture_output=True, text=True, check=False
    ).stdout.splitlines()
    if not listed:
        pytest.skip("not a git checkout")
    assert len({name.lower() for name in listed}) == len(listed)
    assert not [name for name in listed if re.search(r'[<>:"|?*\\]', name)]


def test_the_pages_links_to_files_of_the_repository_resolve():
    for page in (README, CONTRIBUTING):
        for target in re.findall(r"\]\((?!https?:|#)([^)]+)\)", page):
            assert (ROOT / target).exists(), target


def test_no_module_of_the_lessons_can_fetch_from_the_web():
    fetching = r"\b(urllib\.request|http\.client|requests|httpx|ftplib|urlopen|urlretrieve)\b"
    for path in sources("tutor"):
        if "workshop" not in path.parts:
            code = ast.unparse(ast.parse(path.read_text(encoding="utf-8")))
            lines = [line for line in code.splitlines() if "import" in line or "open" in line]
            assert not [line for line in lines if re.search(fetching, line)], path
