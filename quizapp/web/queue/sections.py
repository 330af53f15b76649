"""The sections of the queue in their order: what students wait for comes first."""

from __future__ import annotations

from quizapp.web.claims.claimed import CLAIMED
from quizapp.web.queue.answered import ANSWERED
from quizapp.web.queue.approving import APPROVING
from quizapp.web.queue.changed import CHANGED
from quizapp.web.queue.reported import REPORTED
from quizapp.web.queue.returned import RETURNED
from quizapp.web.queue.section import Section
from quizapp.web.queue.suggested import SUGGESTED
from quizapp.web.queue.suspicious import SUSPICIOUS

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
