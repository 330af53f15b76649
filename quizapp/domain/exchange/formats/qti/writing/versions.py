"""The versions of QTI that are written: how each spells its elements, and what its packages are called."""

from __future__ import annotations

import re
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr

_CAPITAL = re.compile(r"(?<=[a-z])[A-Z]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


class Version(NamedTuple):
    """A version. dashed: `choiceInteraction` is `qti-choice-interaction`; types: of a package's resources."""

    number: str
    dashed: bool
    namespace: str
    package: str
    schema: tuple[str, str]
    item_type: str
    test_type: str

    def element(self, tag: str, *content: str, **attributes: str) -> str:
        """An element of QTI, named as in version 2. content: XML; attributes: `class_` is class."""
        spelt = _dashed(tag) if self.dashed else tag
        spelt = f"qti-{spelt}" if self.dashed else spelt
        return element(
            spelt,
            *content,
            **{_dashed(name) if self.dashed else name: each for name, each in attributes.items()},
        )


def element(tag: str, *content: str, **attributes: str) -> str:
    """An element in XML."""
    given = "".join(f" {name.rstrip('_')}={quoted(value)}" for name, value in attributes.items())
    inner = "".join(content)
    return f"<{tag}{given}>{inner}</{tag}>" if inner else f"<{tag}{given}/>"


def text(said: str) -> str:
    """Letters in XML."""
    return escape(_CONTROL.sub("", said))


def quoted(value: str) -> str:
    """An attribute's value in XML, with its quotation marks."""
    return quoteattr(_CONTROL.sub("", value))


def _dashed(name: str) -> str:
    return _CAPITAL.sub(lambda found: f"-{found[0].lower()}", name)


V2_1 = Version(
    number="2.1",
    dashed=False,
    namespace="http://www.imsglobal.org/xsd/imsqti_v2p1",
    package="http://www.imsglobal.org/xsd/imscp_v1p1",
    schema=("QTIv2.1 Package", "1.0.0"),
    item_type="imsqti_item_xmlv2p1",
    test_type="imsqti_test_xmlv2p1",
)
V3_0 = Version(
    number="3.0",
    dashed=True,
    namespace="http://www.imsglobal.org/xsd/imsqtiasi_v3p0",
    package="http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1",
    schema=("QTI Package", "3.0.0"),
    item_type="imsqti_item_xmlv3p0",
    test_type="imsqti_test_xmlv3p0",
)
