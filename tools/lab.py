"""Set netlab up and open its lessons: `python3 tools/lab.py help` says what it can do."""

# Down to the version check this file must be readable by Python 3.6, or nobody with an old
# Python would see the sentence that helps.
import contextlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

OLDEST = (3, 11)
NEWEST = (3, 14)
ROOT = Path(__file__).resolve().parent.parent
WORK = ROOT / "work"
CONDA = "netlab"  # the environment's name in environment.yml
HELP = """\
python3 tools/lab.py COMMAND          (Windows: py tools\\lab.py COMMAND)
  lab              set everything up, bring work/ up to date, open JupyterLab there
  open             the same without setting up, with the Python that runs this (conda)
  install [--dev]  only set up .venv; --dev adds what the tests need
  test             set up with --dev, then run all tests
  work             only bring work/ up to date; your own changes always stay
  reset LESSON     start a lesson afresh (reset 21) and keep what you had beside it
  help             this text
What follows -- goes to JupyterLab or pytest: lab -- --no-browser --port 0"""


def newer_python():
    """The path of a new enough Python that really runs, or None."""
    check = f"import sys; sys.exit(sys.version_info < {OLDEST})"
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "timeout": 30}
    for minor in range(NEWEST[1], OLDEST[1] - 1, -1):
        path = shutil.which(f"python3.{minor}")
        with contextlib.suppress(OSError, subprocess.TimeoutExpired):
            if path and subprocess.call([path, "-c", check], **quiet) == 0:
                return path
    return None


def hand_over(command, env):
    """Become the command, so that Ctrl-C and every other signal reach it and nobody else."""
    sys.stdout.flush()
    if os.name == "posix":
        os.execve(command[0], command, env)
    child = subprocess.Popen(command, env=env)
    while True:  # Windows cannot become another program: wait, and leave Ctrl-C to the child
        with contextlib.suppress(KeyboardInterrupt):
            sys.exit(child.wait())


def run_with_newer_python():
    """Start again with a newer Python, or say which one is needed."""
    old, found = "{}.{} ({})".format(*sys.version_info[:2], sys.executable), newer_python()
    if not found:
        sys.exit(
            "netlab needs Python {}.{} or newer, but this is {} and there is no newer one on PATH. "
            "Install one and run the same command again.".format(*OLDEST, old)
        )
    print(f"This is Python {old}, too old for netlab: going on with {found}", flush=True)
    hand_over([found] + sys.argv, os.environ)  # noqa: RUF005


if sys.version_info < OLDEST:
    run_with_newer_python()

sys.path.insert(0, str(Path(__file__).resolve().parent))
import workcopy  # noqa: E402
from progress import Steps, Trouble  # noqa: E402
from venv_setup import clean_env, install, make_venv, venv_python, write_overrides  # noqa: E402


def lab(extra):
    """Everything: .venv, work/, JupyterLab."""
    steps = Steps(4)
    make_venv(steps)
    install(steps, dev=False)
    bring_work(steps)
    open_jupyter(steps, venv_python(), extra)


def open_lab(extra):
    """work/ and JupyterLab, with the Python that runs this."""
    if not importlib.util.find_spec("jupyterlab"):
        raise Trouble(
            f"Expected JupyterLab in the Python that runs this, {sys.executable}, but it has none. "
            f"Run `conda activate {CONDA}` first, or use `python3 tools/lab.py lab`."
        )
    if os.environ.get("CONDA_DEFAULT_ENV") == CONDA:
        write_overrides(Path(sys.prefix))
    steps = Steps(2)
    bring_work(steps)
    open_jupyter(steps, sys.executable, extra)


def set_up(dev):
    """Only .venv."""
    steps = Steps(2)
    make_venv(steps)
    install(steps, dev)


def test(extra):
    """.venv with the test tools, then pytest: two processes, each test file in one of them."""
    set_up(dev=True)
    os.chdir(ROOT)
    two = ["-n", "2", "--dist", "loadfile"]  # much of a test's time is waiting for a network
    hand_over([venv_python(), "-m", "pytest", *two, *extra], clean_env())


def bring_work(steps):
    """Step: work/ up to date."""
    with steps.step("bringing work/ up to date"):
        report = workcopy.sync(ROOT / "notebooks", WORK)
        steps.result = str(report)
    tell(report)


def tell(report):
    for note in report.notes:
        print(f"      {note}", flush=True)


def open_jupyter(steps, python, extra):
    """Step: JupyterLab takes over this terminal."""
    steps.announce("opening JupyterLab in work/ (stop it with Ctrl-C, twice)")
    command = [python, "-m", "jupyterlab", f"--ServerApp.root_dir={WORK}"]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        command.append("--allow-root")
    command.append("--LabApp.default_url=/lab/tree/start-here.ipynb")
    hand_over([*command, *extra], clean_env())


def main(args):
    cut = args.index("--") if "--" in args else len(args)
    words, extra = args[:cut] or ["lab"], args[cut + 1 :]
    actions = {
        "lab": lambda: lab(extra),
        "open": lambda: open_lab(extra),
        "install": lambda: set_up(dev=False),
        "install --dev": lambda: set_up(dev=True),
        "test": lambda: test(extra),
        "work": lambda: bring_work(Steps(1)),
        "help": lambda: print(HELP),
    }
    command = " ".join(words)
    if words[0] == "reset":
        tell(workcopy.reset(ROOT / "notebooks", WORK, " ".join(words[1:])))
    elif command in actions:
        actions[command]()
    else:
        raise Trouble(f"'{command}' is none of the commands:\n{HELP}")


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except Trouble as trouble:
        sys.exit(f"\n{trouble}")
    except OSError as error:
        sys.exit(f"\nThe disk said no: {error}. Is it full, or may you not write there?")
    except KeyboardInterrupt:
        sys.exit("\nStopped. Run the same command again: it goes on where it stopped.")
