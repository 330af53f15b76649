"""`quizapp doctor`: whether the site is in order, and what to do if it isn't."""

from __future__ import annotations

import os

import click

from quizapp.cli.database import now
from quizapp.configuration import load_settings
from quizapp.services.site.doctor import examine, send_test_mail

COLOURS = {"ok": "green", "warn": "yellow", "fail": "red"}


@click.command()
@click.option("--mail", metavar="ADDRESS", help="Also send a test mail to this address.")
def doctor(mail: str | None) -> None:
    """Check whether the site is in order. Nothing is changed.

    A line each: ok, warn or fail, and what to do. Exit status 1 if something fails.
    """
    settings = load_settings(os.environ)
    findings = list(examine(settings, now=now()))
    if mail:
        findings.append(send_test_mail(settings, mail))
    for finding in findings:
        click.echo(
            f"{click.style(f'{finding.state:<5}', COLOURS[finding.state])} {finding.about}: {finding.words}"
        )
    if any(finding.state == "fail" for finding in findings):
        raise click.exceptions.Exit(1)
