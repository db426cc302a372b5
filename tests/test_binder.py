"""What Binder makes of the repository, asked of repo2docker itself; no container engine is needed.

Not proved here: that conda-forge has the versions that environment.yml names, and the image itself.
"""

import re
import shutil
import subprocess
import warnings

import pytest

from tutor.workshop import environment
from tutor.workshop.bootstrap import ROOT

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)
    import repo2docker.app as repo2docker

PLATFORM = "linux/amd64"


def build_pack(folder, monkeypatch):
    """Let repo2docker choose as it does on Binder: the first build pack that takes the folder."""
    monkeypatch.chdir(folder)
    application = repo2docker.Repo2Docker()
    for kind in application.buildpacks:
        pack = kind(application.base_image)
        pack.platform = PLATFORM
        if pack.detect():
            return pack
    return application.default_buildpack(application.base_image)


@pytest.fixture
def repository(tmp_path):
    """The files that git holds, as Binder clones them."""
    names = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split("\0")
    for name in filter(None, names):
        if "/" not in name and (ROOT / name).is_file():
            shutil.copy(ROOT / name, tmp_path / name)
    for folder in {name.split("/")[0] for name in names if "/" in name}:
        (tmp_path / folder).mkdir()
    return tmp_path


@pytest.fixture
def chosen(repository, monkeypatch):
    return build_pack(repository, monkeypatch)


def steps_of(dockerfile):
    """Write each step of a Dockerfile on one line, without comments."""
    lines = [line for line in dockerfile.splitlines() if not line.lstrip().startswith("#")]
    joined = re.sub(r"\\\n", " ", "\n".join(lines))
    return [re.sub(r"\s+", " ", line).strip() for line in joined.splitlines() if line.strip()]


def place(steps, words):
    (found,) = [number for number, step in enumerate(steps) if words in step]
    return found


def test_binder_takes_the_environment_for_conda(chosen):
    assert type(chosen).__name__ == "CondaBuildPack"


def test_binder_takes_the_python_that_is_named(chosen):
    assert chosen.python_version == ".".join(environment.PYTHON.split(".")[:2])
    # Binder has a frozen base for it: else the build stops.
    chosen.get_build_script_files()


def test_an_open_python_would_be_another_one(repository, monkeypatch):
    file = repository / "environment.yml"
    file.write_text(re.sub(r"python=[\d.]+", "python>=3.12", file.read_text()))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        assert build_pack(repository, monkeypatch).python_version == "3.10"


def test_without_the_environment_binder_would_take_something_else(repository, monkeypatch):
    (repository / "environment.yml").unlink()
    assert type(build_pack(repository, monkeypatch)).__name__ != "CondaBuildPack"


def test_the_dockerfile_is_complete_and_in_order(chosen):
    steps = steps_of(chosen.render())
    assert steps[0].startswith("FROM ")
    assert steps[-1].startswith("CMD ")
    environment_copied = place(steps, "COPY --chown=1000:1000 src/environment.yml")
    packages = place(steps, 'env update -p ${NB_PYTHON_PREFIX} --file "environment.yml"')
    course_copied = place(steps, "COPY --chown=1000:1000 src/ ${REPO_DIR}/")
    installed = place(steps, "RUN ./postBuild")
    # The packages come before the course: an edit of a lesson does not solve and install them again.
    assert environment_copied < packages < course_copied < installed
    assert not any("requirements.txt" in step or "apt.txt" in step for step in steps)


def test_the_course_is_installed_without_its_dependencies():
    script = (ROOT / "postBuild").read_text(encoding="utf-8")
    assert "pip install --no-deps" in script


def test_every_file_that_binder_reads_stands_at_the_root(chosen):
    assert chosen.binder_dir == ""
    assert chosen.binder_path("environment.yml") == "environment.yml"
