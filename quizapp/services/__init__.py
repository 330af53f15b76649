"""Use cases: functions `(session, …, now, …)` that read and write, flush, and never commit."""
