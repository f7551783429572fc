"""Small libraries to search, made in a temporary folder, and engines over them."""

from dataclasses import replace
from pathlib import Path

from knowledge.places import Profile
from search.engine import Engine
from search.entries import Entry, Given, Sheet, Surroundings, Term

CONTENT = Path(__file__).parents[2] / "content"


def sheet(path, title, *entries, intro="", **facts):
    """A page: an introduction, then (anchor, heading, text) for each section."""
    sections = [Entry("", title, intro)]
    sections += [
        Entry(anchor, heading, text, line=n) for n, (anchor, heading, text) in enumerate(entries, 2)
    ]
    return Sheet(path, title, entries=tuple(sections), **facts)


def engine_of(folder, *sheets, terms=(), topics=(), urgent=(), ask="", name="given"):
    """An engine over pages in memory, its index really on disk and up to date."""
    around = Surroundings(
        terms=tuple(Term(*term) for term in terms),
        topics=topics,
        ask_title=ask,
        ask_page="services/specialist-health-visitor.md" if ask else "",
        urgent=frozenset(urgent),
    )
    engine = Engine(Given(sheets, around, name), folder / "cache", folder / "gaps")
    engine.refresh()
    return engine


def folder_engine(root, folder):
    """An engine over a folder of Markdown."""
    return Engine.for_folder(root, Profile.at(folder))


def write(root, path, text):
    """A Markdown file in a library."""
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")
    return file


def found(answer):
    """Where the answers lead, in order, as `page#anchor`."""
    return [f"{hit.page}#{hit.anchor}" if hit.anchor else hit.page for hit in answer.hits]


def pages(answer):
    return [hit.page for hit in answer.hits]


LOW_MOOD = sheet(
    "pathways/low-mood.md",
    "Low mood after birth",
    (
        "ask",
        "Ask two questions",
        "Ask about mood at every contact. Postnatal depression is common.",
    ),
    ("refer", "Refer to the GP", "The GP can offer treatment. Tell the family what happens next."),
    intro="For any parent who feels low.",
    kind="pathway",
    topics=("Maternal and family mental health",),
    ages=("0 to 6 weeks",),
    concerns=("tearful all day", "cannot cope"),
)
PSYCHOSIS = sheet(
    "pathways/emergency.md",
    "Emergency: act now",
    ("signs", "Signs of psychosis", "She hears voices, or believes things that are not so."),
    ("call", "Call 999 and stay", "Stay with her. Ring 999 when life is at risk."),
    intro="Postpartum psychosis is an emergency.",
    kind="pathway",
    topics=("Maternal and family mental health",),
)
FEEDING = sheet(
    "pathways/feeding.md",
    "Feeding and slow weight gain",
    ("latch", "Watch a whole feed", "Look at the latch. Sore nipples need help today."),
    ("weight", "Weigh and plot", "Behaviour at the breast says much. Paediatric advice may help."),
    intro="When a baby does not gain weight.",
    kind="pathway",
    topics=("Breastfeeding and feeding",),
    regions=("England",),
)
SPEECH = sheet(
    "services/speech.md",
    "Speech and language therapy",
    intro="For children who are not talking. SALT sees them in clinic.",
    kind="service",
    topics=("Speech, language and communication",),
)
KITCHEN = sheet(
    "pages/kitchen.md",
    "Weaning notes",
    ("food", "First foods", "No salt or sugar in a baby's food. Mash it well."),
    intro="First foods from about six months.",
)
SHEETS = (LOW_MOOD, PSYCHOSIS, FEEDING, SPEECH, KITCHEN)
TERMS = (
    ("PND", "Postnatal depression", ("sad after baby",)),
    ("Postpartum psychosis", "", ("hearing voices", "not herself")),
    ("SALT / SLT", "Speech and language therapy", ("speech therapy",)),
    ("MASH", "Multi-agency safeguarding hub", ("front door",)),
    ("CP", "Child protection", ("at risk",)),
)

__all__ = ["CONTENT", "SHEETS", "TERMS", "replace"]
