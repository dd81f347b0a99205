"""pyproject.toml is the one home of versions: whatever repeats one must agree with it."""

import re
import subprocess
import tomllib

import pytest

from tests.tools import ROOT, load, need

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
FLOOR = PROJECT["requires-python"].removeprefix(">=")
CONDA_NAMES = {"matplotlib-base": "matplotlib"}
REGISTRIES = [
    "py" + "pi.org",
    "python" + "hosted.org",
    "npm" + "js.org",
    "npm" + "js.com",
    "yarn" + "pkg.com",
    "ana" + "conda.org",
    "ana" + "conda.com",
    "deb." + "debian.org",
    "archive." + "ubuntu.com",
    "crates" + ".io",
    "proxy." + "golang.org",
    "ruby" + "gems.org",
    "maven" + ".org",
    "gh" + "cr.io",
    "mcr." + "microsoft.com",
]
LOCKS = re.compile(
    r"(^|/)(.+\.lock|.*-lock\.(json|ya?ml)|npm-shrinkwrap\.json|pylock.*\.toml|.+\.lockfile)$"
)


def conda_lines():
    """The requirements in environment.yml, one a line, without comments."""
    text = (ROOT / "environment.yml").read_text(encoding="utf-8")
    lines = re.findall(r"^ +- +([^#\n]*[^#\s])", text.partition("\ndependencies:\n")[2], re.M)
    return [line for line in lines if line not in ("pip", "pip:")]


def by_name(requirements):
    """{"pytest": {">=8.3", "<10"}, ...}"""
    split = (re.fullmatch(r"([\w.-]+)\s*(.*)", line).groups() for line in requirements)
    return {
        CONDA_NAMES.get(name, name): {part.strip() for part in versions.split(",")}
        for name, versions in split
    }


def workflow(name):
    return (ROOT / ".github/workflows" / name).read_text(encoding="utf-8")


def tracked():
    """The names of all files in git."""
    command = [need("git"), "ls-files", "-z"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, timeout=60)
    if done.returncode:
        pytest.skip(f"this is no git clone: {done.stderr.decode().strip()}")
    return [name for name in done.stdout.decode().split("\0") if name]


def test_conda_gets_the_same_versions_as_pip():
    *packages, editable = conda_lines()
    assert editable == "-e ."
    assert by_name(packages) == {"python": {f">={FLOOR}"}, **by_name(PROJECT["dependencies"])}


def test_every_requirement_has_a_floor_and_a_ceiling():
    extras = [line for extra in PROJECT["optional-dependencies"].values() for line in extra]
    for name, versions in by_name(PROJECT["dependencies"] + extras).items():
        assert sorted(part[0] for part in versions) == ["<", ">"], f"{name} has {versions}"


def test_the_oldest_python_is_the_same_everywhere():
    lab = load("tools/lab.py")
    newest = "{}.{}".format(*lab.NEWEST)
    assert "{}.{}".format(*lab.OLDEST) == FLOOR
    assert f'python: ["{FLOOR}", "{newest}"]' in workflow("tests.yml")
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert settings["tool"]["ruff"]["target-version"] == "py" + FLOOR.replace(".", "")
    assert f"Python {FLOOR}" in (ROOT / "README.md").read_text(encoding="utf-8")


def test_no_file_names_a_package_registry():
    found = [
        f"{name} names {host}"
        for name in tracked()
        if (ROOT / name).is_file()
        for host in REGISTRIES
        if host.encode() in (ROOT / name).read_bytes().lower()
    ]
    assert not found, "Write the package's name instead of an address: " + "; ".join(found)


def test_no_lock_files():
    assert not [name for name in tracked() if LOCKS.search(name)]
