"""An article's drafts: look through them, publish, keep, edit or drop them, ask a model for more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from flask import Blueprint, flash, redirect, request, url_for

from quizapp.domain.errors import Invalid, Missing
from quizapp.domain.language.translation import _, marked, ngettext
from quizapp.domain.library.review import State
from quizapp.services.drafting import drafts, model_drafts
from quizapp.services.drafting.drafts import Article, Candidate, OpenDrafts
from quizapp.services.drafting.model_drafts import NoDrafts, Service
from quizapp.services.library import editor
from quizapp.storage.drafting.tables import ModelService
from quizapp.storage.library.tables import Deck, Item
from quizapp.storage.sources.tables import Source
from quizapp.web.drafting import building
from quizapp.web.drafting.forms import ServiceForm
from quizapp.web.drafting.pages import DraftsPage, ServicePage
from quizapp.web.frame import access
from quizapp.web.frame.clock import now
from quizapp.web.frame.database import reading, session
from quizapp.web.frame.http.turns import ASKING, DRAFTING, Busy, aside
from quizapp.web.frame.page import Answer
from quizapp.web.frame.parts.whole_numbers import whole
from quizapp.web.frame.site_key import sealer
from quizapp.web.sources.doors import readable_source

blueprint = Blueprint("drafts", __name__, url_prefix="/teach")

ACTS = frozenset({"publish", "assign", "keep", "edit", "drop"})
BUSY = marked("The model is busy with other requests. Nothing was sent; try again in half a minute.")
TAKEN = {
    State.PUBLISHED: "published",
    State.IN_REVIEW: marked("sent to another teacher for approval"),
    State.DRAFT: marked("kept as drafts"),
}


@blueprint.get("/articles/<article>/drafts")
def index(article: str) -> Answer:
    source, text, waits = _look(article)
    every = request.args.get("select") == "all"
    return _page(source, text, waits, chosen=request.args.get("deck"), every=every)


@blueprint.post("/articles/<article>/drafts")
def settle(article: str) -> Answer:
    source, text, waits = _look(article)
    asked = _asked()
    if asked.act == "drop":
        return _dropped(source, waits, asked)
    free, refused = _sorted_out(waits, asked)
    if not free:
        return _page(source, text, waits, asked=asked, reasons=_reasons(asked, refused))
    deck = _deck(source)
    publish = asked.act in {"publish", "assign"}
    items = drafts.take(session(), deck, source.id, free, author=access.account(), publish=publish, now=now())
    return _taken(source, asked, deck, items, len(refused))


def _dropped(source: Source, waits: OpenDrafts, asked: Asked) -> Answer:
    dropped = drafts.chosen(waits, asked.digests)
    drafts.drop(session(), access.account(), source.id, dropped, now=now())
    return _done(source, ngettext("{count} draft discarded", "{count} drafts discarded", len(dropped)))


def _taken(source: Source, asked: Asked, deck: Deck, items: Sequence[Item], refused: int) -> Answer:
    """On to editing the one, to assigning the deck, or back to the drafts, once drafts are questions."""
    if asked.act == "edit":
        return redirect(url_for("authoring.edit_item", item_id=items[0].id), 303)
    done = _counted(len(items), TAKEN[State(items[0].state)])
    said = _("{done} in “{title}”.").format(done=done, title=deck.title)
    if asked.act == "assign" and items[0].state == State.PUBLISHED:
        flash(said, "success")
        return redirect(url_for("assignments.assign", slug=deck.slug), 303)
    return _done(source, said, deck, refused)


@blueprint.post("/articles/<article>/drafts/model")
def ask_model(article: str) -> Answer:
    source, text, waits = _look(article)
    with reading():
        service = _service()
    if service is None or not text.content(_paragraph()):
        flash(_("No language model is set up for this. Nothing was sent."), "warning")
        return _done(source)
    try:
        with aside(ASKING):
            found = model_drafts.ask(service, text.content(_paragraph()), text.language)
    except Busy:
        return replace(_page(source, text, waits, reasons={"": _(BUSY)}), busy=True)
    except NoDrafts as error:
        flash(str(error), "warning")
        return _done(source)
    kept, reasons = drafts.keep_model_drafts(session(), access.account(), text, found, now=now())
    left_out = (
        _(" {count} didn’t pass the checks: {reason}").format(count=len(reasons), reason=reasons[0])
        if reasons
        else ""
    )
    return _done(
        source,
        _("The model proposed {found}, {kept} of them new and sound.{left_out}").format(
            found=len(found), kept=kept, left_out=left_out
        ),
    )


def _service() -> Service | None:
    return model_drafts.of_teacher(session(), access.account(), access.settings(), sealer("models"))


# --- the service that is asked ---------------------------------------------------------------------


@blueprint.route("/drafts/service", methods=["GET", "POST"])
def service() -> Answer:
    """A teacher's own service for drafts; where the site does not allow any there is no such page."""
    if not access.settings().own_models:
        raise Missing(_("Page not found."))
    who = access.account()
    own = session().get(ModelService, who.id)
    form = ServiceForm(obj=own)
    if form.validate_on_submit():
        try:
            model_drafts.set_own(
                session(),
                who,
                sealer("models"),
                address=str(form.address.data),
                model=str(form.model.data),
                key=form.key.data or "",
                now=now(),
            )
        except Invalid as error:
            form.refuse(error)
        else:
            flash(_("Saved. You can now ask it for drafts on any article."), "success")
            return redirect(url_for("drafts.service"), 303)
    return ServicePage(form=form, is_set=own is not None, has_key=own is not None and bool(own.sealed_key))


@blueprint.post("/drafts/forget-service")
def forget_service() -> Answer:
    model_drafts.forget_own(session(), access.account())
    flash(_("Removed, with its key."), "success")
    return redirect(url_for("drafts.service"), 303)


# --- between them --------------------------------------------------------------------------------


@dataclass(frozen=True)
class Asked:
    """What a button asks for, of which drafts: publish, assign (publish, and give the deck to a class next),
    keep, edit or drop."""

    act: str
    digests: frozenset[str]


def _asked() -> Asked:
    """A button of one draft names it; the buttons below speak of those ticked."""
    act, _, one = request.form.get("do", "").partition(" ")
    if act not in ACTS:
        act = "keep"
    return Asked(act, frozenset([one] if one else request.form.getlist("draft")))


def _paragraph() -> int | None:
    return request.values.get("paragraph", type=whole)


def _look(slug: str) -> tuple[Source, Article, OpenDrafts]:
    """Drafts are made with no transaction open, and checked before any writing: no one waits for that."""
    account = access.account()
    with reading() as looking:
        source = readable_source(slug)
        text = drafts.article_of(looking, source)
    session().commit()
    with aside(DRAFTING):
        drafts.prepare(text, _paragraph())
    with reading() as looking:
        return source, text, drafts.open_drafts(looking, account, text, _paragraph())


def _sorted_out(
    waits: OpenDrafts, asked: Asked
) -> tuple[tuple[Candidate, ...], tuple[tuple[Candidate, str], ...]]:
    wanted = drafts.chosen(waits, asked.digests)
    if asked.act == "edit":
        return wanted[:1], ()
    with reading() as looking:
        return drafts.unlike(looking, access.account(), wanted)


def _reasons(asked: Asked, refused: tuple[tuple[Candidate, str], ...]) -> dict[str, str]:
    if not asked.digests:
        return {"": _("Select the drafts you want, or use the buttons on one of them.")}
    return {candidate.proposal.digest: reason for candidate, reason in refused} or {
        "": _("You’ve already dealt with these drafts, perhaps in another window.")
    }


def _deck(source: Source) -> Deck:
    """The deck chosen, or a new one that bears the article's title."""
    slug = request.form.get("deck", "")
    if slug:
        return access.edited_deck(slug)
    deck = editor.create_deck(
        session(), access.account(), title=building.deck_title(source), summary="", now=now()
    )
    deck.source_id = source.id
    session().flush()
    return deck


def _page(
    source: Source,
    text: Article,
    waits: OpenDrafts,
    *,
    chosen: str | None = None,
    every: bool = False,
    asked: Asked | None = None,
    reasons: dict[str, str] | None = None,
) -> DraftsPage:
    return building.drafts_page(
        session(),
        access.account(),
        source,
        text,
        waits,
        paragraph=_paragraph(),
        chosen=request.form.get("deck") if asked else chosen,
        service=_service(),
        ticked=asked.digests if asked else _all(waits) if every else (),
        reasons=reasons,
    )


def _all(waits: OpenDrafts) -> frozenset[str]:
    return frozenset(candidate.proposal.digest for candidate in waits.candidates)


def _done(source: Source, said: str = "", deck: Deck | None = None, refused: int = 0) -> Answer:
    if said:
        flash(said, "success")
    if refused:
        flash(
            ngettext(
                "{count} draft wasn’t added – see below why.",
                "{count} drafts weren’t added – see below why.",
                refused,
            ),
            "warning",
        )
    chosen = deck.slug if deck is not None else request.form.get("deck") or None
    return redirect(url_for("drafts.index", article=source.slug, deck=chosen, paragraph=_paragraph()), 303)


def _counted(number: int, done: str) -> str:
    return f"{number} {'draft' if number == 1 else 'drafts'} {done}"
