"""YAML as a small tree with places; nothing clever is allowed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.yamltree import Mapping, Scalar, Sequence, YamlError, read_yaml


def plain(node):
    if isinstance(node, Scalar):
        return node.value
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    if isinstance(node, Mapping):
        return {key.value: plain(value) for key, value in node.pairs}
    return None


def test_scalars_stay_text():
    assert plain(read_yaml("a: no\nb: 1.10\nc: 012\nd: 12:30\ne: ~\nf: 2026-11-21\ng:\n")) == {
        **{"a": "no", "b": "1.10", "c": "012", "d": "12:30", "e": "~", "f": "2026-11-21"},
        "g": "",
    }


def test_places_are_those_of_the_text():
    text = "a: 'é x'\nb: [c, {d: e}]\nf:\n  - g\n  - h: i\n"
    root = read_yaml(text, 100)
    assert isinstance(root, Mapping)
    shown = [text[value.start - 100 : value.end - 100] for _, value in root.pairs]
    assert shown == ["'é x'", "[c, {d: e}]", "- g\n  - h: i"]


@pytest.mark.parametrize(
    ("text", "code", "words", "offset"),
    [
        ("a: &x b", "yaml-alias", "marks a part", 3),
        ("a: *x", "yaml-alias", "repeats a marked part", 3),
        ("a: b\n<<: c", "yaml-alias", "merges parts", 5),
        ("a: !!set {b}", "yaml-tag", "tag", 3),
        ("a: [[[[[[[[[b]]]]]]]]]", "yaml-too-deep", "8 deep", 10),
        ("? [a]\n: b", "yaml", "plain words", 2),
        ("a: b\n--- \nc: d", "yaml", "three dashes", 5),
        ("a: 'b\nc: d", "yaml", "", None),
        ("a: \x01", "yaml", "does not allow", None),
        ("x" * 65_537, "yaml-too-large", "65,536", 0),
        ("[" + "a," * 2000 + "a]", "yaml-too-large", "2,000", None),
    ],
)
def test_what_is_refused_is_refused_with_a_reason_and_a_place(text, code, words, offset):
    with pytest.raises(YamlError) as told:
        read_yaml(text)
    assert told.value.code == code
    assert words in told.value.message
    assert offset is None or told.value.offset == offset


@pytest.mark.parametrize("text", ["", "   ", "# only a comment\n", "---\n"])
def test_nothing_is_nothing(text):
    node = read_yaml(text)
    assert node is None or plain(node) == ""


@given(st.text())
def test_any_text_is_a_tree_or_is_refused(text):
    try:
        node = read_yaml(text)
    except YamlError as error:
        place = (error.begun, error.offset)
    else:
        place = (node.start, node.end) if node is not None else (0, 0)
    assert 0 <= place[0] <= len(text)
    assert 0 <= place[1] <= len(text)
