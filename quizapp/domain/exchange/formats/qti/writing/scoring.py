"""What an item that is written declares: its right answers, what they score, and what is said afterwards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from quizapp.domain.exchange.formats.qti.writing.versions import Version, text

RESPONSE, SCORE, FEEDBACK, EXPLANATION = "RESPONSE", "SCORE", "FEEDBACK", "EXPLANATION"
SHOWN = "shown"  # the value of EXPLANATION with which it is shown


def declared(
    version: Version,
    right: Sequence[str],
    scores: Mapping[str, float] | None = None,
    *,
    name: str = RESPONSE,
    cardinality: str = "single",
    base: str = "identifier",
    cased: bool = False,
    bounded: bool = False,
) -> str:
    """A response's declaration. scores: of its values, where it is mapped; bounded: to 0–1."""
    values = (version.element("value", text(each)) for each in right)
    mapping = ""
    if scores:
        entries = (
            version.element(
                "mapEntry",
                mapKey=key,
                mappedValue=f"{score:.6g}",
                **({"caseSensitive": _flag(cased)} if base == "string" else {}),
            )
            for key, score in scores.items()
        )
        bounds = {"lowerBound": "0", "upperBound": "1"} if bounded else {}
        mapping = version.element("mapping", *entries, **bounds, defaultValue="0")
    return version.element(
        "responseDeclaration",
        version.element("correctResponse", *values),
        mapping,
        identifier=name,
        cardinality=cardinality,
        baseType=base,
    )


def outcomes(version: Version, most: int, *, feedback: str, explained: bool) -> str:
    """What an item gives. feedback: the cardinality of its response where options have any."""
    zero = version.element("defaultValue", version.element("value", "0"))
    rows = [
        version.element(
            "outcomeDeclaration",
            zero,
            identifier=SCORE,
            cardinality="single",
            baseType="float",
            normalMaximum=str(most),
        )
    ]
    if feedback:
        rows.append(
            version.element(
                "outcomeDeclaration", identifier=FEEDBACK, cardinality=feedback, baseType="identifier"
            )
        )
    if explained:
        rows.append(
            version.element(
                "outcomeDeclaration", identifier=EXPLANATION, cardinality="single", baseType="identifier"
            )
        )
    return "".join(rows)


def processing(version: Version, score: str, *, feedback: bool, explained: bool) -> str:
    """The rules: the score, then what is said."""
    rows = [score]
    if feedback:
        rows.append(_set(version, FEEDBACK, version.element("variable", identifier=RESPONSE)))
    if explained:
        rows.append(_set(version, EXPLANATION, version.element("baseValue", SHOWN, baseType="identifier")))
    return version.element("responseProcessing", *rows)


def all_or_nothing(version: Version) -> str:
    """1 for the right response."""
    return _if(version, version.element("match", *_both(version)))


def close_enough(version: Version, margin: str) -> str:
    """1 for a figure that is off by no more than the margin."""
    mode = (
        {"toleranceMode": "absolute", "tolerance": f"{margin} {margin}"}
        if margin
        else {"toleranceMode": "exact"}
    )
    return _if(version, version.element("equal", *_both(version), **mode))


def mapped(version: Version, names: Sequence[str] = (RESPONSE,)) -> str:
    """The sum of what the responses are mapped to."""
    scores = [version.element("mapResponse", identifier=name) for name in names]
    return _set(version, SCORE, version.element("sum", *scores) if len(scores) > 1 else scores[0])


def _if(version: Version, condition: str) -> str:
    earned = _set(version, SCORE, version.element("baseValue", "1", baseType="float"))
    return version.element("responseCondition", version.element("responseIf", condition, earned))


def _both(version: Version) -> tuple[str, str]:
    return version.element("variable", identifier=RESPONSE), version.element("correct", identifier=RESPONSE)


def _set(version: Version, outcome: str, value: str) -> str:
    return version.element("setOutcomeValue", value, identifier=outcome)


def _flag(value: bool) -> str:
    return "true" if value else "false"
