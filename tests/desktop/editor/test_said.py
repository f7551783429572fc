"""What has changed on a page, in words, for every kind of page."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.editor.preview import Preview
from desktop.editor.said import Said, changes
from desktop.window import MainWindow
from knowledge.library import Library, open_library, with_page
from knowledge.source import read_page

STARTER = Path(__file__).parents[3] / "content"


@pytest.fixture(scope="module")
def library() -> Library:
    return open_library(STARTER)


def told(library: Library, path: str, *swaps: tuple[str, str]) -> list[str]:
    before = library.pages[path]
    text = before.text
    for old, new in swaps:
        assert old in text, old
        text = text.replace(old, new, 1)
    after = read_page(path, text.encode())
    return changes(before, after, with_page(library, path, text.encode()))


def test_a_figure_of_a_threshold(library: Library) -> None:
    path = "thresholds/age-and-service-gaps.md"
    assert told(library, path, ("12 or 24 months after birth", "12 or 18 months after birth")) == [
        "Under Gaps for parents, Perinatal team's upper limit: '12 or 24 months after' now reads '12 or 18 months after'"
    ]


def test_two_figures_are_told_one_by_one_and_a_new_line_by_its_words(library: Library) -> None:
    path = "thresholds/age-and-service-gaps.md"
    swaps = (
        ("In 2019, 42%", "In 2019, 43%"),
        ("In 2021, 52%", "In 2021, 53%"),
        ("- Keep one named worker", "- Ring the GP.\n- Keep one named worker"),
    )
    assert told(library, path, *swaps) == [
        "Under Gaps for babies and toddlers, Two and under: 'In 2019, 42% of areas' "
        "now reads 'In 2019, 43% of areas'",
        "Under Gaps for babies and toddlers, Two and under: 'In 2021, 52% of staff' "
        "now reads 'In 2021, 53% of staff'",
        "Under What to do in any gap, 'Ring the GP' is new",
    ]


def test_headings_and_details(library: Library) -> None:
    path = "thresholds/age-and-service-gaps.md"
    swaps = (
        ("review_by: 2027-05-21", "review_by: 2027-11-21"),
        ("owner: Perinatal mental health lead", "owner: Infant feeding lead"),
        ("  - too young for CAMHS\n", ""),
        ("## Gaps for parents {#parents}", "## Gaps for mothers and fathers {#parents}"),
        (
            "## What to do in any gap {#any-gap}",
            "## Where to ring\n\nNobody.\n\n## What to do {#any-gap}",
        ),
    )
    assert told(library, path, *swaps) == [
        "The part Gaps for parents is now called Gaps for mothers and fathers",
        "The part Where to ring is new",
        "The part What to do in any gap is now called What to do",
        "It is to be reviewed by 21 November 2027",
        "The owner is now Infant feeding lead",
        "The search phrase 'too young for CAMHS' is gone",
    ]


def test_the_words_of_a_case_study_a_service_and_a_page(library: Library) -> None:
    for path in (
        "casestudies/brent-home-visits.md",
        "services/emergency-999.md",
        "pages/welcome.md",
    ):
        page = library.pages[path]
        (said,) = told(library, path, (page.text, f"{page.text.rstrip()}\n\nAsk the team.\n"))
        assert said.endswith("'Ask the team' is new"), said


def test_a_link_or_a_source_that_is_changed_is_told_though_it_reads_the_same(
    library: Library,
) -> None:
    path = "thresholds/age-and-service-gaps.md"
    assert told(
        library, path, ("support and a review date. [^GK]", "support and a review date. [^S5]")
    ) == ["Under What to do in any gap, a link, a source or how words look is changed"]
    assert told(library, path) == []


def test_the_ways_of_a_new_step_and_the_words_of_an_old_one(library: Library) -> None:
    path = "pathways/infant-feeding.md"
    page = library.pages[path]
    new = "## Ring the GP {#ring}\n\nNow.\n\n- Yes → [Unwell?](#unwell)\n\n"
    after = ("again at 6 to 8", "again at 6 to 10")
    second = page.steps[1]
    said = told(
        library, path, (second.heading.of(page.text), new + second.heading.of(page.text)), after
    )
    assert "Step 2 is new: Ring the GP" in said
    assert f"Step 2 leads to {second.title} when 'Yes'" in said
    assert "In step 1, '6 to 8 weeks' now reads '6 to 10 weeks'" in said


HEAD = "---\nid: a\ntitle: A\nkind: threshold\n---\n\n"
LEVELS = HEAD + (
    "Sample.\n\n## Totals\n\n| Level | Total |\n|---|---|\n| Low | 0 to 9 [^GK] |\n"
    "| Possible | 10 to 12 [^GK] |\n\n## Then\n\n- Ring the [team](b.md).\n- Write it down.\n"
)


@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [
        ("10 to 12", "11 to 12", "Under Totals, Possible: '10 to 12' now reads '11 to 12'"),
        ("Write it", "Write all", "Under Then, 'Write it down' now reads 'Write all down'"),
        ("- Write it down.\n", "", "Under Then, 'Write it down' is gone"),
        ("## Then\n", "## Then\n\nToday.\n", "Under Then, 'Today' is new"),
        (
            "[team](b.md)",
            "[team](c.md)",
            "Under Then, a link, a source or how words look is changed",
        ),
        ("Sample.", "Real.", "At the beginning, 'Sample' now reads 'Real'"),
    ],
)
def test_a_line_or_a_cell_is_told_with_its_heading_and_its_row(
    library: Library, old: str, new: str, wanted: str
) -> None:
    before, after = (
        read_page("a.md", text.encode()) for text in (LEVELS, LEVELS.replace(old, new))
    )
    assert changes(before, after, library) == [wanted]


def test_what_was_changed_last_stays_first_while_nothing_else_is_changed(
    open_window: Callable[..., MainWindow],
) -> None:
    preview = Preview(open_window().session)
    preview._say(Said([], ["The title is now A", "In step 2, 'x' is new"]), "a.md")
    for _ in range(2):  # the look after a save, or after another page came in
        told = ["The title is now A", "Step 1 is B", "In step 2, 'x' is new"]
        preview._say(Said([], told), "a.md")
        assert preview.said.text().startswith("Step 1 is B.")
    preview._say(Said([], ["The title is now C"]), "b.md")  # another page begins anew
    assert preview.told == ["The title is now C"]
    preview.deleteLater()


def test_the_page_keeps_its_height_while_what_has_changed_takes_more_words_or_less(
    open_window: Callable[..., MainWindow],
) -> None:
    preview = Preview(open_window().session)
    preview.resize(300, 600)
    preview.show()
    heights = []
    for words, path in (("Much " * 40, "a.md"), ("Little", "a.md"), ("Little", "b.md")):
        preview._say(Said([], [words]), path)
        preview.layout().activate()
        heights.append(preview.stack.height())
    assert heights[0] == heights[1] < heights[2]  # another page begins anew
    preview.deleteLater()


def test_the_page_is_not_fitted_anew_when_nothing_differs_any_more(
    open_window: Callable[..., MainWindow],
) -> None:
    preview = Preview(open_window().session)
    preview.resize(300, 600)
    preview.show()
    sizes = []
    for told in (["Little"], [], ["Little"]):  # as before, after and since a save
        preview._say(Said([], told), "a.md")
        preview.layout().activate()
        sizes.append(preview.stack.size())
    assert sizes[0] == sizes[1] == sizes[2]
    preview.deleteLater()


def test_one_long_address_takes_no_room_from_the_words(
    open_window: Callable[..., MainWindow],
) -> None:
    preview = Preview(open_window().session)
    before = preview.minimumSizeHint().width()
    preview._say(Said([], ["letters" * 100]), "a.md")
    assert preview.minimumSizeHint().width() == before
    preview.deleteLater()


def test_a_page_of_very_many_parts_is_compared_part_by_part(library: Library) -> None:
    text = "".join(f"## Part {n % 50} {{#p{n}}}\n\nWords {n}.\n\n" for n in range(3_000))
    after = text.replace("Words 2999.", "Words 3000.").replace("## Part 7 {#p7}", "## Seven {#p7}")
    before, now = (read_page("a.md", one.encode()) for one in (text, after))
    assert changes(before, now, library) == [
        "The part Part 7 is now called Seven",
        "Under Part 49, 'Words 2999' now reads 'Words 3000'",
    ]
