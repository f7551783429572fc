"""Every command as data: menus, the palette, shortcuts and their help all read this one table."""

from __future__ import annotations

from typing import NamedTuple


class Command(NamedTuple):
    """One thing the program can do. `id` names the window's method (`do_<id>`) that does it."""

    id: str
    text: str
    group: str
    keys: tuple[str, ...] = ()
    icon: str = ""
    menu: bool = True
    when: str = ""  # what must be the case: page, pathway, taught, words, editing, graph, library
    words: str = ""  # other words somebody may type in the palette


COMMANDS = (
    Command("search", "Search", "Find", ("Ctrl+K", "Ctrl+L"), "search", words="find look"),
    Command("palette", "All commands", "Find", ("Ctrl+Shift+P",), "keyboard"),
    Command(
        "emergency",
        "Emergency pages",
        "Find",
        ("Ctrl+Shift+U",),
        "octagon-alert",
        words="urgent red flag",
    ),
    Command("find", "Find on this page", "Find", ("Ctrl+F",), "search", when="words"),
    Command("find_next", "Find the next one", "Find", ("F3",), menu=False, when="words"),
    Command(
        "find_previous", "Find the one before", "Find", ("Shift+F3",), menu=False, when="words"
    ),
    Command("home", "Home", "Go", ("Alt+Home",), "house"),
    Command("back", "Back", "Go", ("Alt+Left",), "arrow-left"),
    Command("forward", "Forward", "Go", ("Alt+Right",), "arrow-right"),
    Command("up", "Up to the list", "Go", ("Alt+Up",), "chevron-up", words="breadcrumb parent"),
    Command("pathways", "Pathways", "Go", ("Ctrl+1",), "route"),
    Command("thresholds", "Thresholds", "Go", ("Ctrl+2",), "layers", words="levels cut-offs"),
    Command("cases", "Case studies", "Go", ("Ctrl+3",), "book-open", words="examples"),
    Command("services", "Services", "Go", ("Ctrl+4",), "phone", words="ring directory number"),
    Command("sessions", "Sessions", "Go", ("Ctrl+5",), "presentation", words="training"),
    Command("bookmarks", "Bookmarks", "Go", ("Ctrl+6",), "bookmark"),
    Command("next_region", "Next part of the window", "Go", ("F6",), menu=False),
    Command("previous_region", "Part of the window before", "Go", ("Shift+F6",), menu=False),
    Command("new_tab", "New tab", "Tabs", ("Ctrl+T",), "plus"),
    Command("close_tab", "Close this tab", "Tabs", ("Ctrl+W",), "x"),
    Command("next_tab", "Next tab", "Tabs", ("Ctrl+Tab",), menu=False),
    Command("previous_tab", "Tab before", "Tabs", ("Ctrl+Shift+Tab",), menu=False),
    Command("bookmark", "Bookmark this", "Page", ("Ctrl+D",), "bookmark", when="page"),
    Command(
        "copy_link", "Copy a link with its words", "Page", ("Ctrl+Shift+C",), "copy", when="page"
    ),
    Command(
        "headings", "Headings of this page", "Page", ("Ctrl+Shift+H",), "list-ordered", when="page"
    ),
    Command("links", "Links of this page", "Page", ("Ctrl+Shift+L",), "link", when="page"),
    Command(
        "picture",
        "Save the graph as a picture",
        "Page",
        (),
        "download",
        when="pathway",
        words="export png svg pdf image",
    ),
    Command(
        "copy_mermaid",
        "Copy the graph as Mermaid",
        "Page",
        (),
        "copy",
        when="pathway",
        words="export text chart diagram wiki",
    ),
    Command(
        "columns",
        "Columns by who acts",
        "Page",
        (),
        "columns-2",
        when="pathway",
        words="lanes graph roles",
    ),
    Command("edit", "Edit this page", "Edit", ("Ctrl+E",), "pencil", when="page", words="change"),
    Command(
        "new_page",
        "New page",
        "Edit",
        ("Ctrl+N",),
        "plus",
        when="library",
        words="write case study",
    ),
    Command(
        "new_session",
        "New session",
        "Edit",
        (),
        "presentation",
        when="library",
        words="training teach trainer running order",
    ),
    Command("keep_draft", "Keep as draft", "Edit", ("Ctrl+S",), "file-pen-line", when="editing"),
    Command(
        "save_page", "Save to library", "Edit", ("Ctrl+Shift+S",), "badge-check", when="editing"
    ),
    Command(
        "versions", "Earlier versions", "Edit", (), "history", when="page", words="history restore"
    ),
    Command(
        "rename",
        "Rename or move",
        "Edit",
        (),
        "type",
        when="page",
        words="title folder file step",
    ),
    Command(
        "approve",
        "Approve this page",
        "Edit",
        (),
        "badge-check",
        when="page",
        words="sign off check",
    ),
    Command(
        "withdraw", "Withdraw this page", "Edit", (), "archive-x", when="page", words="replace"
    ),
    Command("delete_page", "Put this page in the bin", "Edit", (), "trash-2", when="page"),
    Command("bin", "Bin", "Edit", (), "trash-2", when="library", words="deleted removed"),
    Command(
        "graph_step",
        "Add a step after this one",
        "Graph",
        icon="plus",
        menu=False,
        when="graph",
        words="new box insert",
    ),
    Command(
        "graph_way",
        "Add a way on from this step",
        "Graph",
        icon="git-fork",
        menu=False,
        when="graph",
        words="new line arrow branch",
    ),
    Command(
        "graph_rename",
        "Rename the chosen step or way on",
        "Graph",
        icon="pencil",
        menu=False,
        when="graph",
        words="title words",
    ),
    Command(
        "graph_kind", "Change the kind of this step", "Graph", (), "refresh-cw", False, "graph"
    ),
    Command(
        "graph_limit", "Change the time limit of this step", "Graph", (), "clock", False, "graph"
    ),
    Command("graph_lead", "Lead this way on elsewhere", "Graph", (), "signpost", False, "graph"),
    Command(
        "graph_when", "Change when this way on is taken", "Graph", (), "pencil", False, "graph"
    ),
    Command(
        "graph_left", "Move this way on to the left", "Graph", (), "arrow-left", False, "graph"
    ),
    Command(
        "graph_right", "Move this way on to the right", "Graph", (), "arrow-right", False, "graph"
    ),
    Command(
        "graph_remove",
        "Remove the chosen step or way on",
        "Graph",
        icon="trash-2",
        menu=False,
        when="graph",
        words="delete take out",
    ),
    Command(
        "graph_alone",
        "Graph alone, or the words beside it",
        "Graph",
        (),
        "maximize",
        False,
        "graph",
    ),
    Command("stop_editing", "Stop editing", "Edit", (), "arrow-left", when="editing"),
    Command("drafts", "Drafts", "Edit", (), "file-pen-line", when="library", words="unsaved kept"),
    Command("print", "Print or save as PDF", "Page", ("Ctrl+P",), "printer", when="page"),
    Command(
        "present",
        "Present",
        "Present",
        ("F5",),
        "presentation",
        when="page",
        words="show teach projector slides",
    ),
    Command(
        "present_here",
        "Present from here",
        "Present",
        ("Shift+F5",),
        "presentation",
        when="page",
    ),
    Command(
        "handout",
        "Handout",
        "Page",
        (),
        "download",
        when="taught",
        words="session pdf print leaflet give away training",
    ),
    Command("larger", "Larger text", "Look", ("Ctrl++", "Ctrl+="), "zoom-in"),
    Command("smaller", "Smaller text", "Look", ("Ctrl+-",), "zoom-out"),
    Command("usual_size", "Usual text size", "Look", ("Ctrl+0",), "type"),
    Command("dark", "Light or dark", "Look", (), "moon", words="theme colours night"),
    Command("contrast", "High contrast", "Look", (), "contrast", words="theme colours"),
    Command(
        "open_library",
        "Open another library",
        "Library",
        ("Ctrl+O",),
        "folder-open",
        words="folder",
    ),
    Command(
        "champion",
        "Champion: drafts, changes, what to do",
        "Go",
        ("Ctrl+7",),
        "star",
        when="library",
        words="look after library home editor",
    ),
    Command(
        "due",
        "Due for review",
        "Library",
        (),
        "calendar-clock",
        when="library",
        words="overdue date list csv",
    ),
    Command(
        "facts",
        "Facts to be checked",
        "Library",
        (),
        "map-pin",
        when="library",
        words="sources unchecked list csv",
    ),
    Command(
        "problems",
        "Problems in the library",
        "Library",
        (),
        "circle-alert",
        when="library",
        words="check mistakes",
    ),
    Command(
        "settings", "Settings", "Program", ("Ctrl+,",), "settings", words="options preferences"
    ),
    Command("keys", "Keys", "Program", ("F1",), "keyboard", words="shortcuts help"),
    Command("tour", "Show the tour again", "Program", (), "signpost", words="help introduction"),
    Command(
        "about", "About Fingerpost", "Program", (), "info", words="version licence intended purpose"
    ),
    Command("quit", "Close Fingerpost", "Program", ("Ctrl+Q",), "x"),
)

BY_ID = {command.id: command for command in COMMANDS}
