"""A teacher's desk: decks, their items, the item editor with live preview, and versions."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, request, url_for

from quizapp.domain.errors import Conflict, Invalid
from quizapp.domain.language.translation import _, marked
from quizapp.domain.library.changes import Change
from quizapp.domain.library.kinds import kind_named
from quizapp.domain.library.review import State, Step
from quizapp.services.library import bulk, deletion, editor, review
from quizapp.services.library.editor import NEW_DECK, StaleEdit
from quizapp.storage.corrections import reports
from quizapp.storage.library import editor as queries
from quizapp.storage.library.tables import Deck, Item
from quizapp.web.frame import access
from quizapp.web.frame.audit_entry import note
from quizapp.web.frame.clock import now
from quizapp.web.frame.database import reading, session
from quizapp.web.frame.page import Answer
from quizapp.web.frame.parts.choices import chosen
from quizapp.web.frame.parts.whole_numbers import whole
from quizapp.web.library.authoring import building, change_sort, new_question, picture_upload
from quizapp.web.library.authoring.forms import DeckForm, DeckHeadForm, ItemForm
from quizapp.web.library.authoring.pages import Asking, DeckFormPage, PreviewPage
from quizapp.web.library.authoring.preview.isolating import isolated
from quizapp.web.library.authoring.preview.previewing import preview_of
from quizapp.web.library.authoring.saved_form import note_arrival
from quizapp.web.library.authoring.submission import Written, only_looking, read

blueprint = Blueprint("authoring", __name__, url_prefix="/teach")
blueprint.add_app_template_filter(isolated)

WANTED = {"published": Step.PUBLISH, "draft": Step.WITHDRAW, "retired": Step.RETIRE}
ADDED = {
    State.PUBLISHED: marked("Published. Students will see it as a new question."),
    State.IN_REVIEW: marked("Sent for review. Students will see it once another teacher has approved it."),
    State.DRAFT: marked("Saved as a draft. Only the deck’s teachers can see it."),
}
MOVED = {
    State.PUBLISHED: marked("Published: students will see it from now on."),
    State.IN_REVIEW: marked("Sent for review. Students will see it once another teacher has approved it."),
    State.DRAFT: marked("Withdrawn: it’s a draft again."),
    State.RETIRED: marked("Archived: students no longer see it."),
}


# --- decks ---------------------------------------------------------------------------------------


@blueprint.get("/")
def decks() -> Answer:
    return building.decks_page(session(), access.account(), request.args)


@blueprint.route("/new-deck", methods=["GET", "POST"])
def new_deck() -> Answer:
    form = DeckForm(request.form if request.method == "POST" else None)
    if request.method == "POST" and form.validate():
        try:
            deck = editor.create_deck(session(), access.account(), **form.data, now=now())
        except Invalid as error:
            _show(form, error)
        else:
            flash(_("Deck created. Now add its first question."), "success")
            return redirect(url_for("authoring.deck", slug=deck.slug), 303)
    return DeckFormPage(form=form)


@blueprint.get("/decks/<slug>")
def deck(slug: str) -> Answer:
    found = access.taught_deck(slug)
    return building.deck_page(
        session(),
        found,
        access.account(),
        request.args,
        number=request.args.get("page", 1, type=whole),
    )


@blueprint.route("/decks/<slug>/edit", methods=["GET", "POST"])
def edit_deck(slug: str) -> Answer:
    found = access.own_deck(slug)
    head = {name: getattr(found, name) for name in ("title", "summary", "folder", "review")}
    form = DeckHeadForm(request.form if request.method == "POST" else None, data=head)
    if request.method == "POST" and form.validate():
        try:
            editor.rename_deck(session(), found, **form.data)
        except Invalid as error:
            _show(form, error)
        else:
            flash(_("Saved."), "success")
            return redirect(url_for("authoring.deck", slug=slug), 303)
    met = queries.was_met(session(), found.id)
    return DeckFormPage(form=form, slug=slug, archived=found.archived_at is not None, met=met)


@blueprint.post("/decks/<slug>/archive")
def archive_deck(slug: str) -> Answer:
    found, archived = access.own_deck(slug), request.form.get("archived") != "0"
    deletion.set_archived(session(), found, access.account(), archived=archived, now=now())
    said = _("Archived: out of all lists. What was learned and marked stays.") if archived else _("Restored.")
    flash(said, "success")
    return redirect(url_for("authoring.deck", slug=slug), 303)


@blueprint.post("/decks/<slug>/delete")
def delete_deck(slug: str) -> Answer:
    found = access.own_deck(slug)
    title = found.title
    try:
        deletion.delete_deck(session(), found, access.account(), now=now())
    except Conflict as error:
        flash(str(error), "warning")
        return redirect(url_for("authoring.edit_deck", slug=slug), 303)
    flash(_("{title} was deleted with its questions.").format(title=title), "success")
    return redirect(url_for("authoring.decks"), 303)


def _show(form: DeckForm, error: Invalid) -> None:
    for problem in error.problems:
        form[problem.field].errors = [problem.message]


# --- new items -----------------------------------------------------------------------------------


@blueprint.get("/decks/<slug>/add")
def choose_kind(slug: str) -> Answer:
    return building.kinds_page(access.edited_deck(slug), request.args)


@blueprint.route("/decks/<slug>/add/<kind>", methods=["GET", "POST"])
def new_item(slug: str, kind: str) -> Answer:
    found, kind_ = new_question.deck_to_fill(slug), kind_named(kind)
    if request.method != "POST":
        return building.new_page(session(), access.account(), found, kind_, request.args)
    form = picture_upload.submitted(kind_)
    written = read(session(), form, access.account().id)
    if only_looking(request.form) or written.draft is None:
        return _editor(found, form, written, key=new_question.key())
    try:
        item = new_question.add(found, form, written)
    except StaleEdit:  # the same form, sent before with another content: the item exists now
        return _clash(
            editor.item_with_key(session(), new_question.made(found), new_question.key()), form, written
        )
    note_arrival()
    return _after_saving(item, ADDED[State(item.state)])


# --- items ---------------------------------------------------------------------------------------


@blueprint.route("/items/<int:item_id>", methods=["GET", "POST"])
def edit_item(item_id: int) -> Answer:
    item = access.own_item(item_id)
    if request.method != "POST":
        renewed = request.args.get("evidence") == "now"
        return building.edit_page(session(), access.account(), item, renewed=renewed)
    assert item.version is not None
    form = picture_upload.submitted(kind_named(item.version.kind))
    written = read(session(), form, access.account().id)
    change = None if only_looking(request.form) else _change(item, written)
    if change is None:
        return _editor(item.deck, form, written, item=item)
    try:
        changed = _save(item, form, written, change)
    except StaleEdit:
        return _clash(item, form, written)
    note_arrival()
    return _saved(item, change, changed=changed)


def _change(item: Item, written: Written) -> Change | None:
    if written.draft is None:
        return None
    return change_sort.decided(session(), item, written.draft.content, request.form)


def _saved(item: Item, change: Change, *, changed: bool) -> Answer:
    if changed and change != "wording":
        return change_sort.carried(session(), item, change, access.account())
    return _after_editing(item, changed=changed)


def _save(item: Item, form: ItemForm, written: Written, change: Change) -> bool:
    assert written.draft is not None
    return editor.save_item(
        session(),
        item,
        written.draft,
        base=_base(),
        fact=form.about.fact.data,
        author=access.account(),
        now=now(),
        note=form.about.note.data,
        change=change,
    )


@blueprint.post("/items/<int:item_id>/state")
def set_state(item_id: int) -> Answer:
    item = access.own_item(item_id)
    before, step = item.state, WANTED[chosen("state", *WANTED)]
    try:
        state = review.take_step(session(), item, step, access.account())
    except Conflict as error:
        flash(str(error), "warning")
        return _back_to(item)
    if state != before and state in review.NOTED:
        note(review.NOTED[state], item)
    flash(MOVED[state], "success")
    return _back_to(item)


@blueprint.post("/items/<int:item_id>/delete")
def delete_item(item_id: int) -> Answer:
    item = access.own_item(item_id)
    deck = item.deck
    try:
        deletion.delete_draft(session(), item, access.account(), now=now())
    except Conflict as error:
        flash(str(error), "warning")
        return redirect(url_for("authoring.edit_item", item_id=item_id), 303)
    flash(_("Draft deleted."), "success")
    return redirect(url_for("authoring.deck", slug=deck.slug), 303)


@blueprint.post("/items/<int:item_id>/duplicate")
def duplicate(item_id: int) -> Answer:
    item = access.own_item(item_id)
    copy = bulk.copy_one(session(), item, item.deck, author=access.account(), now=now(), state=State.DRAFT)
    session().flush()
    flash(_("Copied as a draft. Change what should be different."), "success")
    return redirect(url_for("authoring.edit_item", item_id=copy.id), 303)


@blueprint.post("/items/<int:item_id>/move")
def move(item_id: int) -> Answer:
    item = access.own_item(item_id)
    editor.move_by_one(session(), item.deck, item, up=chosen("to", "up", "down") == "up")
    return _back_to(item)


@blueprint.get("/items/<int:item_id>/versions")
def versions(item_id: int) -> Answer:
    return building.versions_page(session(), access.account(), access.own_item(item_id))


@blueprint.post("/items/<int:item_id>/restore")
def restore(item_id: int) -> Answer:
    item = access.own_item(item_id)
    try:
        version = editor.restorable(session(), item, request.form.get("restore", -1, type=whole), _base())
        change = change_sort.decided(session(), item, version.content, request.form)
        if change is None:
            return building.restore_page(session(), item, version)
        changed = editor.restore_version(
            session(), item, version.id, base=_base(), author=access.account(), now=now(), change=change
        )
    except StaleEdit as error:
        flash(str(error), "warning")
        return redirect(url_for("authoring.versions", item_id=item_id), 303)
    return _restored(item, change, changed=changed)


def _restored(item: Item, change: Change, *, changed: bool) -> Answer:
    if changed and change != "wording":
        return change_sort.carried(session(), item, change, access.account())
    flash(_("Restored as a new version.") if changed else _("It already says that."), "success")
    return redirect(url_for("authoring.versions", item_id=item.id), 303)


# --- preview -------------------------------------------------------------------------------------


@blueprint.post("/preview/<kind>")
def preview(kind: str) -> Answer:
    """The preview of a form as it is, for the editor's script; stores nothing."""
    form = ItemForm.submitted(kind_named(kind), request.form)
    teacher, slug = access.account(), request.args.get("deck", "")
    deck_id = access.taught_deck(slug).id if slug else None
    with reading() as looking:  # no writer waits while the linter reads
        shown = preview_of(looking, teacher.id, form, read(looking, form, teacher.id), _base(), deck_id)
    return PreviewPage(preview=shown)


# --- between them --------------------------------------------------------------------------------


def _editor(deck: Deck, form: ItemForm, written: Written, *, item: Item | None = None, key: str = "") -> Any:
    return building.editor_page(
        session(),
        access.account(),
        deck,
        form,
        written,
        item=item,
        key=key,
        base=_base() if item is not None else None,
        refused=not only_looking(request.form) and written.draft is None,
        asking=_asking(item, form, written),
        room=request.form.get("do") == "evidence",
        article=request.args.get("source", "") if deck.slug == NEW_DECK else "",
    )


def _asking(item: Item | None, form: ItemForm, written: Written) -> Asking | None:
    """What sort of change is it? Asked where nothing else keeps it from being saved."""
    if item is None or written.draft is None or only_looking(request.form):
        return None
    stored = building.stored_form(session(), access.account(), item)
    return building.asking_of(item, written.draft.content, stored.texts(), form.texts())


def _clash(item: Item, form: ItemForm, written: Written) -> Any:
    teacher = access.account()
    clash = building.clash_of(session(), teacher, item, form)
    return building.editor_page(session(), teacher, item.deck, form, written, item=item, clash=clash)


def _base() -> int | None:
    return request.form.get("base", type=whole)


def _after_saving(item: Item, said: str) -> Answer:
    if request.form.get("do") == "publish" and item.state in {State.DRAFT, State.RETIRED}:
        state = review.take_step(session(), item, Step.PUBLISH, access.account())
        if state in review.NOTED:
            note(review.NOTED[state], item)
        said = _(MOVED[state])
    flash(said, "success")
    if request.form.get("do") == "another":
        return redirect(url_for("authoring.choose_kind", slug=item.deck.slug), 303)
    if request.form.get("do") == "article":
        source, place = (
            request.form.get("evidence-0-source", ""),
            request.form.get("evidence-0-paragraph", ""),
        )
        target = url_for("articles.read", article=source, deck=item.deck.slug, _anchor=f"p{place}")
        return redirect(target, 303)
    return _back_to(item)


def _after_editing(item: Item, *, changed: bool) -> Answer:
    if changed and reports.count_open(session(), item.id):
        flash(
            _("Saved as a new version. Students have reported this question: tell them the outcome."),
            "success",
        )
        return redirect(url_for("queue.reports", item_id=item.id), 303)
    said = _("Saved as a new version.") if changed else _("Nothing changed, so there’s no new version.")
    return _after_saving(item, said)


def _back_to(item: Item) -> Answer:
    page = request.form.get("page", type=whole)
    target = url_for("authoring.deck", slug=item.deck.slug, page=page, _anchor=f"item-{item.id}")
    return redirect(target, 303)
