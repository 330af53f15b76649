"""Which form field each `FieldSpec` gets."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wtforms.fields.choices import SelectChoice

from quizapp.domain.language.translation import _, marked
from quizapp.domain.library.kinds.writing.fields import FieldSpec
from quizapp.web.library.authoring.fields import texts
from quizapp.web.library.authoring.fields.rows import OptionsField, PairsField

OPTIONS = "options"  # the field of all the specs that have a role

_FIELDS: dict[str, Any] = {
    "line": texts.LineField,
    "markdown": texts.MarkdownField,
    "lines": texts.LinesField,
    "number": texts.NumberField,
    "flag": texts.FlagField,
    "truth": texts.TruthField,
}


def fields_for(specs: Sequence[FieldSpec]) -> dict[str, Any]:
    """The unbound fields of a form by name, in order. Specs with a role share one, a row for each option."""
    roles = tuple(spec for spec in specs if spec.role)
    found: dict[str, Any] = {}
    for spec in specs:
        if not spec.role:
            found[spec.name] = field_for(spec)
        elif OPTIONS not in found:
            found[OPTIONS] = _options(roles)
    return found


def _options(specs: tuple[FieldSpec, ...]) -> Any:
    help_ = next(spec.help for spec in specs if spec.role == "wrong")
    return OptionsField(label=marked("Answers"), description=help_, validators=[texts.Needed()], holds=specs)


def field_for(spec: FieldSpec) -> Any:
    """The unbound field of a `FieldSpec`."""
    attributes: dict[str, Any] = {"label": spec.label, "description": spec.help}
    if spec.widget == "select":
        choices = [SelectChoice(choice, choice.capitalize() or _("Not said")) for choice in spec.choices]
        return texts.OneOfField(choices=choices, **attributes)
    if spec.required:
        attributes["validators"] = [texts.Needed()]
    if spec.widget == "pairs":
        return PairsField(holds=(spec,), **attributes)
    return _FIELDS[spec.widget](**attributes)
