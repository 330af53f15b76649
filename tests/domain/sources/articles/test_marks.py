import pytest
from bs4 import BeautifulSoup

from quizapp.domain.sources.articles.blocks import Why
from quizapp.domain.sources.articles.marks import why_of


def why(html, name="x"):
    return why_of(BeautifulSoup(html, "html.parser").find(attrs={"data-x": True}))


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<div data-x class='site-nav'>", Why.NAVIGATION),
        ("<nav data-x>", Why.NAVIGATION),
        ("<div data-x role=navigation>", Why.NAVIGATION),
        ("<header data-x>", Why.NAVIGATION),
        ("<header data-x><h1>t</h1></header>", None),
        ("<article><header data-x></header></article>", None),
        ("<div data-x id=CybotCookiebotDialog>", Why.COOKIES),
        ("<div data-x class='read-also'>", Why.RELATED),
        ("<div data-x class='InlineRelated-module__c'>", Why.RELATED),
        ("<div data-x class='has-sidebar'>", None),
        ("<div data-x class='comments-open'>", None),
        ("<div data-x class='comments'>", Why.COMMENT),
        ("<div data-x class='tale-of-an-author'>", None),
        ("<div data-x class='author'>", Why.BYLINE),
        ("<body data-x class='archive comments'>", None),
        ("<div data-x role=main class=sidebar>", None),
        ("<div data-x hidden>", Why.HIDDEN),
        ("<div data-x aria-hidden=true>", Why.HIDDEN),
        ("<div data-x style='color:red; display : none'>", Why.HIDDEN),
        ("<div data-x style='color:red'>", None),
        ("<div class=accordion><div data-x hidden></div></div>", None),
        ("<div data-x role=tabpanel hidden>", None),
        ("<figure data-x><span>credit</span></figure>", Why.CAPTION),
        ("<figure data-x><table></table></figure>", None),
        ("<div data-component='links-block' data-x>", Why.RELATED),
        ("<div data-x>", None),
    ],
)
def test_names_and_roles_say_what_an_element_holds(html, expected):
    assert why(html) is expected


def test_an_element_without_a_parent_may_be_hidden():
    tag = BeautifulSoup("<p hidden>x</p>", "html.parser").p.extract()
    assert why_of(tag) is Why.HIDDEN
