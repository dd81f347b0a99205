"""Run a command as uid 65534, without a capability, in a copy of the project it cannot write:

sudo .venv/bin/python tools/as_nobody.py python -m pytest tests/network
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
UID = 65534
DROP = ["setpriv", f"--reuid={UID}", f"--regid={UID}", "--clear-groups", "--no-new-privs"]
DROP += ["--inh-caps=-all", "--ambient-caps=-all", "--bounding-set=-all", "--"]
UNWANTED = {".git", "work", ".pytest_cache", ".mypy_cache", ".ruff_cache", ".hypothesis"}
PATH = "/usr/local/bin:/usr/bin:/bin:/usr/local/sbin:/usr/sbin:/sbin"  # root's may lead home
KEPT = ("NETLAB_", "LANG", "LC_", "PYTHONUNBUFFERED")
LIMIT = 900  # seconds


def copy_tree(tree):
    """The project with its .venv, which finds itself and netlab in the new place."""
    shutil.copytree(
        ROOT, tree, symlinks=True, ignore=lambda at, _: UNWANTED if at == str(ROOT) else ()
    )
    for path in tree.glob(".venv/lib/python*/site-packages/*.pth"):
        path.write_text(path.read_text().replace(str(ROOT), str(tree)))


def copy_interpreter(venv, prefix):
    """A Python that others may not reach, such as one under /root, comes along without packages."""
    old = Path(sys.base_prefix)
    library = f"lib/python{sys.version_info.major}.{sys.version_info.minor}"
    shutil.copytree(
        old / library,
        prefix / library,
        symlinks=True,
        ignore=shutil.ignore_patterns("site-packages", "test"),
    )
    for path in old.glob("lib/libpython*"):
        shutil.copy2(path, prefix / "lib", follow_symlinks=False)
    (prefix / "bin").mkdir()
    shutil.copy2(Path(sys.executable).resolve(), prefix / "bin/python3")
    for link in venv.glob("bin/python*"):
        link.unlink()
        link.symlink_to(prefix / "bin/python3")
    (venv / "pyvenv.cfg").write_text(f"home = {prefix}/bin\n")


def processes_of(folder):
    """The command lines of processes that were started with `folder` in their environment."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if str(folder).encode() in (process / "environ").read_bytes():
                found.append((process / "cmdline").read_bytes().replace(b"\0", b" ").decode())
        except OSError:
            continue  # it has ended
    return found


def run(folder, command):
    tree, home, prefix = folder / "netlab", folder / "home", folder / "python"
    venv = tree / ".venv"
    copy_tree(tree)
    # by way of env, because setpriv itself still opens root's files when it starts a program
    reach = [*DROP, "env", Path(sys.executable).resolve(), "-c", ""]
    if subprocess.run(reach, stderr=subprocess.DEVNULL, timeout=60).returncode:
        copy_interpreter(venv, prefix)
    (home / "tmp").mkdir(parents=True)
    subprocess.run(["chmod", "-R", "a+rX,go-w", folder], check=True, timeout=120)
    for path in home, home / "tmp":
        os.chown(path, UID, UID)
    env = {key: value for key, value in os.environ.items() if key.startswith(KEPT)}
    env |= {"HOME": str(home), "TMPDIR": str(home / "tmp"), "USER": "nobody", "LOGNAME": "nobody"}
    env |= {"PATH": f"{venv}/bin:{PATH}", "LD_LIBRARY_PATH": str(prefix / "lib")}
    done = subprocess.run([*DROP, *command], cwd=tree, env=env, timeout=LIMIT)
    deadline = time.monotonic() + 2  # what netlab starts ends within a second of its notebook
    while (left := processes_of(folder)) and time.monotonic() < deadline:
        pass
    if left:
        print("still running when the command had ended:", *left, sep="\n  ")
    return done.returncode or bool(left)


if __name__ == "__main__":
    if os.geteuid() != 0:
        sys.exit("expected root, which alone may become another user; run the tests as you are")
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="netlab-nobody-") as folder:
        code = run(Path(folder), sys.argv[1:])
    print(f"{time.monotonic() - began:.0f} s with the copying")
    sys.exit(code)
