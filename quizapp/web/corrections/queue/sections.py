"""The sections of the queue in their order: what students wait for comes first."""

from __future__ import annotations

from quizapp.web.corrections.claims.claimed import CLAIMED
from quizapp.web.corrections.queue.answered import ANSWERED
from quizapp.web.corrections.queue.approving import APPROVING
from quizapp.web.corrections.queue.changed import CHANGED
from quizapp.web.corrections.queue.reported import REPORTED
from quizapp.web.corrections.queue.returned import RETURNED
from quizapp.web.corrections.queue.section import Section
from quizapp.web.corrections.queue.suggested import SUGGESTED
from quizapp.web.corrections.queue.suspicious import SUSPICIOUS

SECTIONS: tuple[Section, ...] = (
    CLAIMED,
    REPORTED,
    CHANGED,
    APPROVING,
    RETURNED,
    SUGGESTED,
    ANSWERED,
    SUSPICIOUS,
)
