"""Reading the settings: QUIZAPP_… variables, one file, and files of their own for secrets."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import fields
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from platformdirs import user_data_path

from quizapp.settings import CONFIGURATION, PREFIX, Settings, SettingsError

CONFIG_VARIABLE = "QUIZAPP_CONFIG"
SECRET_FILE = "_file"  # `smtp_password_file` names a file that holds `smtp_password`


def load_settings(environment: Mapping[str, str]) -> Settings:
    """Settings from variables and the configuration file; raises SettingsError naming what is wrong."""
    return read_settings(environment)[0]


def read_settings(environment: Mapping[str, str]) -> tuple[Settings, dict[str, str]]:
    """Settings, and where each that is set comes from: a variable, the configuration file, its own file."""
    named = {
        name.removeprefix(PREFIX).lower(): value
        for name, value in environment.items()
        if name.startswith(PREFIX) and not name.startswith((f"{PREFIX}TEST_", CONFIG_VARIABLE))
    }
    _refuse_unknown(named, lambda key: f"{PREFIX}{key.upper()}", "setting")
    values, origins = _resolve(named, "environment", lambda key: f"{PREFIX}{key.upper()}")
    path = _configuration_file(environment, values)
    if path is not None:
        written = _parse(path)
        _refuse_unknown(written, str, f"key in {path}:")
        if "data_dir" in written and CONFIG_VARIABLE not in environment:
            raise SettingsError(f"{path} can't set data_dir: it is in that folder. Set {PREFIX}DATA_DIR.")
        found, places = _resolve(written, str(path), lambda key: f"{key} in {path}")
        values, origins = found | values, places | origins
    return Settings(**values), origins


def _configuration_file(environment: Mapping[str, str], values: Mapping[str, Any]) -> Path | None:
    """The file that is named, which must be there; else the one in the data folder, if it is."""
    if named := environment.get(CONFIG_VARIABLE):
        return Path(named).expanduser().resolve()
    folder = values.get("data_dir") or user_data_path("quizapp", appauthor=False)
    path = Path(folder) / CONFIGURATION
    return path if path.exists() else None


def _parse(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise SettingsError(f"The configuration file {path} can't be read: {error.strerror}.") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"The configuration file {path} isn't valid TOML: {error}.") from None


def _refuse_unknown(named: Mapping[str, Any], told: Callable[[str], str], what: str) -> None:
    known = [option.name for option in fields(Settings)]
    known += [option.name + SECRET_FILE for option in fields(Settings) if option.metadata.get("secret")]
    for key in sorted(named):
        if key not in known:
            near = get_close_matches(key, known, n=1)
            hint = f" Is {told(near[0])} meant?" if near else ""
            raise SettingsError(
                f"Unknown {what} {told(key)}.{hint} Known: {', '.join(sorted(map(told, known)))}."
            )


def _resolve(
    named: Mapping[str, Any], origin: str, told: Callable[[str], str]
) -> tuple[dict[str, Any], dict[str, str]]:
    """Values by option, read as their types, and where each comes from."""
    values, origins = {}, {}
    for option in fields(Settings):
        name, from_file = option.name, option.name + SECRET_FILE
        if option.metadata.get("secret") and from_file in named:
            if name in named:
                raise SettingsError(f"{told(name)} and {told(from_file)} are both set. Remove one.")
            values[name] = _secret_in(str(named[from_file]), told(from_file))
            origins[name] = f"file {named[from_file]}"
        elif name in named:
            values[name] = _read(told(name), named[name], str(option.type))
            origins[name] = origin
    return values, origins


def _secret_in(path: str, told: str) -> str:
    try:
        return Path(path).expanduser().read_text("utf-8").rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it isn't text"
        raise SettingsError(f"{told} names {path}, which can't be read: {reason}.") from None


WANTED = {
    "int": "a whole number",
    "float": "a number",
    "bool": "1 or 0",
    "str": "a text in quotes",
    "Path": "a folder in quotes",
}
TRUTHS = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False, "": False}
FROM_TEXT: dict[str, Callable[[str], Any]] = {
    "int": int,
    "float": float,
    "bool": lambda text: TRUTHS[text.casefold()],
    "str": str,
    "Path": lambda text: Path(text).expanduser().resolve(),
}


def _read(told: str, value: Any, kind: str) -> Any:
    """A variable's text, or a value of the configuration file, as its option's type."""
    try:
        if isinstance(value, str):
            return FROM_TEXT[kind](value)
    except (ValueError, KeyError):
        raise SettingsError(f"{told} takes {WANTED[kind]}, not “{value}”.") from None
    fitting = {"int": (int,), "float": (int, float), "bool": (bool,)}.get(kind, ())
    if not isinstance(value, fitting) or (kind != "bool" and isinstance(value, bool)):
        raise SettingsError(f"{told} takes {WANTED[kind]}, not “{value}”.")
    return float(value) if kind == "float" else value
