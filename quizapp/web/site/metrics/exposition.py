"""How a site stands, in Prometheus's words. All workers read the same database, so they all tell the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from prometheus_client import CollectorRegistry, Metric, generate_latest
from prometheus_client.core import GaugeMetricFamily, InfoMetricFamily
from prometheus_client.registry import Collector

from quizapp.services.site.condition import Condition

TASKS = ("mail", "upkeep", "regrading", "backup")


class Told(Collector):
    """Tells one condition."""

    def __init__(self, found: Condition) -> None:
        self._found = found

    def collect(self) -> Iterable[Metric]:
        found = self._found
        about = {"version": found.version, "revision": found.revision, "database": found.database}
        yield InfoMetricFamily("quizapp", "The program and its database.", value=about)
        yield from _each("quizapp_accounts", "Accounts, guests included.", "role", found.accounts)
        failures = dict.fromkeys(TASKS, 0) | found.failures
        yield from _each("quizapp_failures_of_a_week", "Work that failed behind the pages.", "task", failures)
        plain = {
            "quizapp_answers": ("Answers in the log.", found.answers),
            "quizapp_pictures": ("Pictures.", found.pictures),
            "quizapp_picture_bytes": ("What they take.", found.picture_bytes),
            "quizapp_database_bytes": ("What the database takes on its disk.", found.database_bytes),
            "quizapp_free_bytes": ("Room on the disk of the data folder.", found.free),
            "quizapp_waiting_mails": ("Mails still to be sent.", found.waiting_mail),
            "quizapp_backups": ("Backups in the site's folder.", len(found.backups)),
        }
        if found.backups:
            moment = found.backups[0].made_at.timestamp()
            plain["quizapp_newest_backup_timestamp_seconds"] = ("When the newest was made.", int(moment))
        for name, (words, value) in plain.items():
            yield GaugeMetricFamily(name, words, value=value)


def _each(name: str, words: str, label: str, values: dict[str, int]) -> Iterator[Metric]:
    family = GaugeMetricFamily(name, words, labels=[label])
    for key, value in values.items():
        family.add_metric([key], value)
    yield family


def exposed(found: Condition) -> bytes:
    """The page's text."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(Told(found))
    return generate_latest(registry)
