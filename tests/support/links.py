"""Where the addresses that stand apart from their links lead, by what is shown, before and after a new name."""

from knowledge import settings
from knowledge.editing.change import written
from knowledge.rendering.definitions import read_definitions
from knowledge.sections import resolve
from knowledge.source import read_page


def follows(library, change, names=("", "")):
    """Each leads to the same step as before, under its new name, as a reader would be led."""
    moved = change.moved
    renamed = change.edits[0].path if change.edits and moved is None else ""
    touched = {edit.path: edit for edit in change.edits if edit.path != settings.FILE}
    for path, page in library.pages.items():
        edit = touched.get(path)
        text = edit.apply(page.text) if edit is not None else page.text
        to = moved[1] if moved is not None and moved[0] == path else path
        after = read_page(to, written(text, page.encoding).data)
        before, now = read_definitions(page).targets, read_definitions(after).targets
        assert list(before) == list(now), path
        for label, target in before.items():
            if "](" in target:
                continue  # the pages read a link with its own address there, which follows by itself
            goal, anchor = resolve(path, target)
            if moved is not None and goal == moved[0]:
                goal = moved[1]
            elif goal and goal == renamed and anchor == names[0]:
                anchor = names[1]
            assert resolve(to, now[label]) == (goal, anchor), (path, label, target)
