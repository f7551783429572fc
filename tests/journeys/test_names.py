"""Names for screen readers: every control of every main view, walked over the accessibility bus."""

import pytest

from tests.support.desk import desk as desk
from tests.support.desk import opened as opened

# Where to go, and the title of the window once one has arrived.
LISTS = {
    "ctrl+1": "Pathways",
    "ctrl+2": "Thresholds",
    "ctrl+3": "Cases",
    "ctrl+4": "Services",
    "ctrl+5": "Sessions",
    "ctrl+6": "Bookmarks",
    "ctrl+7": "Champion",
    "ctrl+shift+u": "Emergency",
}
PAGES = {
    "pathways/perinatal-mental-health.md": "Perinatal mental health",
    "thresholds/kent-support-levels.md": "Kent",
    "casestudies/horizon-group-somerset.md": "Horizon",
    "services/crisis-team.md": "risis",
    "sessions/levels-of-need.md": "evels of need",
    "pages/how-to-use.md": "ow to use",
}
DIALOGS = {"F1": "Keys", "ctrl+comma": "Settings", "ctrl+shift+p": "What do you want"}


def nameless(window):
    """The controls without a name, and how many there are in all."""
    controls = [part for part in window.parts() if part.focusable]
    return [str(part) for part in controls if not part.name.strip()], len(controls)


@pytest.mark.slow
def test_every_control_of_every_main_view_has_a_name(opened):
    window = opened()
    window.reads("Emergency pages")
    found = {"home": nameless(window)}
    for keys, words in LISTS.items():
        window.press(keys)
        window.find(lambda part, w=words: part.role == "frame" and w in part.name, words)
        found[keys] = nameless(window)
    for page, words in PAGES.items():
        window.go(page)
        window.find(lambda part, w=words: part.role == "frame" and w in part.name, words)
        found[page] = nameless(window)
    window.search("sleep")
    window.find(lambda part: part.role == "list item", "an answer")
    found["answers"] = nameless(window)
    window.press("Escape")
    for keys, words in DIALOGS.items():
        window.press(keys)
        window.find(lambda part, w=words: part.role == "dialog" and w in part.name, words)
        found[keys] = nameless(window)
        window.press("Escape")
        window.find(lambda part: part.role == "frame", "the window itself")
    assert window.close() == 0
    assert {view: without for view, (without, _) in found.items() if without} == {}
    assert min(count for _, count in found.values()) > 8
