"""The glossary's terms and what people type for them."""

from knowledge.glossary import glossary_of, read_glossary
from tests.support.pages import page


def terms(text):
    return [
        (t.term, t.expansion, t.meaning, t.typed, t.line)
        for t in read_glossary(page(text, "glossary.md"))
    ]


def test_every_row_of_every_table_of_terms_is_a_term():
    text = """# Words

| Term | Stands for | Meaning | What people type |
|---|---|---|---|
| **HV** | Health visitor | A nurse [^P7] | hv, health visiter; visitor |
| | nothing | no term | |

## More

Short form | Meaning
--- | ---
DNA | Missed

| Other | Table |
|---|---|
| not | a term |
"""
    assert terms(text) == [
        ("HV", "Health visitor", "A nurse", ("hv", "health visiter", "visitor"), 5),
        ("DNA", "", "Missed", (), 12),
    ]


def test_a_row_with_too_few_cells_is_read_as_far_as_it_goes():
    assert terms("| Term | Meaning | Type |\n|---|---|---|\n| HV |\n") == [("HV", "", "", (), 3)]


def test_a_glossary_is_read_anew_only_when_its_page_is_another():
    first, second = (page(f"| Term | Meaning |\n|---|---|\n| {word} | . |\n") for word in "ab")
    found = glossary_of(first)
    assert glossary_of(first) is found
    assert [term.term for term in glossary_of(second)] == ["b"]
    assert [term.term for term in glossary_of(first)] == ["a"]
