"""Bytes to text and back, lines, and names made from words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.model import Encoding
from knowledge.text import Lines, count_words, decode, encode, newline_of, plain, slug


@given(st.binary())
def test_whatever_the_bytes_they_come_back_the_same(data):
    decoded = decode(data)
    assert encode(decoded.text, decoded.encoding) == data


@given(
    st.text(), st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252", "latin-1"])
)
def test_text_in_the_encodings_people_use_comes_back_the_same(text, name):
    data = text.encode(name, "ignore")
    decoded = decode(data)
    assert encode(decoded.text, decoded.encoding) == data


@pytest.mark.parametrize(
    ("data", "text", "encoding", "doubt"),
    [
        ("caf\xe9 →".encode(), "caf\xe9 →", "utf-8", ""),
        (b"\xef\xbb\xbfcaf\xc3\xa9", "caf\xe9", "utf-8", ""),
        (b"caf\xe9 \x96 \x80", "caf\xe9 – €", "cp1252", "not-utf-8"),
        (b"\xef\xbb\xbfcaf\xe9", "caf\xe9", "cp1252", "not-utf-8"),
        (b"\x81\x8d", "\x81\x8d", "latin-1", "not-utf-8"),
        ("caf\xe9".encode("utf-16"), "caf\xe9", "utf-16-le", "not-utf-8"),
        (b"PK\x03\x04\0\0", "PK\x03\x04\0\0", "utf-8", "binary"),
        ("no mark".encode("utf-16-le"), "n\0o\0 \0m\0a\0r\0k\0", "utf-8", "binary"),
    ],
)
def test_a_file_is_read_as_its_author_saw_it(data, text, encoding, doubt):
    decoded = decode(data)
    assert (decoded.text, decoded.encoding.name, decoded.doubt) == (text, encoding, doubt)


def test_a_letter_the_old_encoding_does_not_have_makes_the_file_utf_8():
    assert encode("5 → 6", Encoding("cp1252")) == "5 → 6".encode()


@given(st.text(alphabet="a\n\r\u2028\x0b\x85"))
def test_lines_are_those_of_the_file_and_of_nothing_else(text):
    lines = Lines(text)
    for offset in range(len(text)):
        before = text[:offset].replace("\r\n", "\n").replace("\r", "\n")
        inside = text[offset - 1 : offset + 1] == "\r\n"  # the LF of a CRLF ends the line it ends
        assert lines.number(offset) == before.count("\n") + 1 - inside


@pytest.mark.parametrize(
    ("text", "newline"), [("a\r\nb\n", "\r\n"), ("a\rb", "\r"), ("a\nb\r\n", "\n"), ("a", "\n")]
)
def test_a_file_keeps_the_line_ending_it_begins_with(text, newline):
    assert newline_of(text) == newline


@pytest.mark.parametrize(
    ("title", "anchor"),
    [
        ("Ask two questions", "ask-two-questions"),
        ("What's next? (now)", "whats-next-now"),
        ("Élan  vital", "élan--vital"),
        ("A/B – C", "ab--c"),
        ("???", ""),
        ("snake_case", "snake_case"),
    ],
)
def test_a_heading_gets_the_name_other_viewers_give_it(title, anchor):
    assert slug(title) == anchor


@pytest.mark.parametrize(
    ("markdown", "words"),
    [
        ("plain", "plain"),
        ("**Any** *red* flag", "Any red flag"),
        ('see [the page](a.md "x") now', "see the page now"),
        ("`code` and ~~old~~", "code and old"),
        ("a fact [^P7] more[^S1-CS8]", "a fact  more"),
        ("snake_case_stays", "snake_case_stays"),
        (r"5 \* 3 \[x\]", "5 * 3 [x]"),
        ("![picture](a.png)", "picture"),
    ],
)
def test_marks_are_taken_off_words(markdown, words):
    assert plain(markdown) == words


def test_only_words_that_are_read_are_counted():
    step = '## Ask [two questions](x.md) {#ask .question lane="Health visitor"}\n'
    assert (
        count_words(f"{step}\n> [!URGENT]\n> **Ring 999** now. [^P7]\n\n- → [Yes](#a)\n---\n") == 7
    )
