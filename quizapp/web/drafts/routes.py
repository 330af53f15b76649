"""An article's drafts: look through them, publish, keep, edit or drop them, ask a model for more."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, flash, redirect, request, url_for

from quizapp.domain.reviewing import State
from quizapp.services import authoring, drafting, model_drafts
from quizapp.services.drafting import Article, Candidate, Waiting
from quizapp.services.model_drafts import NoDrafts
from quizapp.storage.library import Deck
from quizapp.storage.sources import Source
from quizapp.web import access
from quizapp.web.articles.doors import readable_source
from quizapp.web.clock import now
from quizapp.web.database import reading, session
from quizapp.web.drafts import building
from quizapp.web.page import Answer

blueprint = Blueprint("drafts", __name__, url_prefix="/teach/articles")

ACTS = frozenset({"publish", "keep", "edit", "drop"})
TAKEN = {
    State.PUBLISHED: "published",
    State.IN_REVIEW: "sent to another teacher for approval",
    State.DRAFT: "kept as drafts",
}


@blueprint.get("/<article>/drafts")
def index(article: str) -> Answer:
    source, text, waits = _look(article)
    return _page(source, text, waits, chosen=request.args.get("deck"))


@blueprint.post("/<article>/drafts")
def settle(article: str) -> Answer:
    source, text, waits = _look(article)
    asked = _asked()
    if asked.act == "drop":
        dropped = drafting.chosen(waits, asked.digests)
        drafting.drop(session(), access.account(), source.id, dropped, now=now())
        return _done(source, _counted(len(dropped), "dropped"))
    free, refused = _sorted_out(waits, asked)
    if not free:
        return _page(source, text, waits, asked=asked, reasons=_reasons(asked, refused))
    deck = _deck(source)
    items = drafting.take(
        session(), deck, source.id, free, author=access.account(), publish=asked.act == "publish", now=now()
    )
    if asked.act == "edit":
        return redirect(url_for("authoring.edit_item", item_id=items[0].id), 303)
    done = _counted(len(items), TAKEN[State(items[0].state)])
    return _done(source, f"{done} in “{deck.title}”.", deck, len(refused))


@blueprint.post("/<article>/drafts/model")
def ask_model(article: str) -> Answer:
    source, text, _ = _look(article)
    settings = access.settings()
    if not model_drafts.is_offered(settings) or not text.content(_paragraph()):
        flash("No model can be asked about this. Nothing was sent.", "warning")
        return _done(source)
    try:
        found = model_drafts.ask(settings, text.content(_paragraph()), text.language)
    except NoDrafts as error:
        flash(str(error), "warning")
        return _done(source)
    kept, reasons = drafting.keep_model_drafts(session(), access.account(), text, found, now=now())
    left_out = f" {len(reasons)} did not pass the checks: {reasons[0]}" if reasons else ""
    return _done(source, f"The model proposed {len(found)}, {kept} of them new and sound.{left_out}")


# --- between them --------------------------------------------------------------------------------


@dataclass(frozen=True)
class Asked:
    """What a button asks for: publish, keep, edit or drop, of which drafts."""

    act: str
    digests: frozenset[str]


def _asked() -> Asked:
    """A button of one draft names it; the buttons below speak of those ticked."""
    act, _, one = request.form.get("do", "").partition(" ")
    if act not in ACTS:
        act = "keep"
    return Asked(act, frozenset([one] if one else request.form.getlist("draft")))


def _paragraph() -> int | None:
    return request.values.get("paragraph", type=int)


def _look(slug: str) -> tuple[Source, Article, Waiting]:
    """Drafts are made and checked before any writing: no other writer waits for that."""
    account = access.account()
    with reading() as looking:
        source = readable_source(slug)
        text = drafting.article_of(looking, source)
        return source, text, drafting.waiting(looking, account, text, _paragraph())


def _sorted_out(
    waits: Waiting, asked: Asked
) -> tuple[tuple[Candidate, ...], tuple[tuple[Candidate, str], ...]]:
    wanted = drafting.chosen(waits, asked.digests)
    if asked.act == "edit":
        return wanted[:1], ()
    with reading() as looking:
        return drafting.unlike(looking, access.account(), wanted)


def _reasons(asked: Asked, refused: tuple[tuple[Candidate, str], ...]) -> dict[str, str]:
    if not asked.digests:
        return {"": "Tick the drafts that you want, or use the buttons of one of them."}
    return {candidate.proposal.digest: reason for candidate, reason in refused} or {
        "": "These drafts have been dealt with already, perhaps in another window."
    }


def _deck(source: Source) -> Deck:
    """The deck chosen, or a new one that bears the article's title."""
    slug = request.form.get("deck", "")
    if slug:
        return access.edited_deck(slug)
    deck = authoring.create_deck(
        session(), access.account(), title=building.deck_title(source), summary="", now=now()
    )
    deck.source_id = source.id
    session().flush()
    return deck


def _page(
    source: Source,
    text: Article,
    waits: Waiting,
    *,
    chosen: str | None = None,
    asked: Asked | None = None,
    reasons: dict[str, str] | None = None,
) -> Answer:
    return building.drafts_page(
        session(),
        access.account(),
        source,
        text,
        waits,
        paragraph=_paragraph(),
        chosen=request.form.get("deck") if asked else chosen,
        offers_model=model_drafts.is_offered(access.settings()),
        ticked=asked.digests if asked else (),
        reasons=reasons,
    )


def _done(source: Source, said: str = "", deck: Deck | None = None, refused: int = 0) -> Answer:
    if said:
        flash(said, "success")
    if refused:
        flash(f"{_counted(refused, 'left here')}: each says below what stands in the way.", "warning")
    chosen = deck.slug if deck is not None else request.form.get("deck") or None
    return redirect(url_for("drafts.index", article=source.slug, deck=chosen, paragraph=_paragraph()), 303)


def _counted(number: int, done: str) -> str:
    return f"{number} {'draft' if number == 1 else 'drafts'} {done}"
