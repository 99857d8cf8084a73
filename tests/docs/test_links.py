"""Nothing on a page points nowhere."""

import re

import pytest
from pages import DOCS, PAGES, anchors, blocks, links


def test_a_page_has_links_at_all():
    assert len([target for page in PAGES for target in links(page)]) > 40


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_somewhere(page):
    lost = []
    for target in links(page):
        if target.startswith(("http://", "https://")):
            continue
        name, _, anchor = target.partition("#")
        aim = (page.parent / name).resolve() if name else page
        if not aim.exists() or (anchor and anchor not in anchors(aim)):
            lost.append(target)
    assert not lost


def test_every_page_of_the_docs_is_in_the_table_of_contents():
    listed = set(
        re.findall(r"^([a-z-]+)$", "\n".join(blocks(DOCS / "index.md", r"\{toctree\}")), re.MULTILINE)
    )
    assert listed == {page.stem for page in DOCS.glob("*.md")} - {"index"}


def test_no_page_names_a_path_of_some_machine():
    for page in PAGES:
        assert not re.search(r"(^|[\s`(])/(home|root|tmp|work|Users)/", page.read_text(encoding="utf-8")), (
            page.name
        )
