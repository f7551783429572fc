"""Everyday English that no glossary should have to hold: small words, and words that mean the same."""

from __future__ import annotations

STOP = frozenset(
    """
    a about after again all am an and any anyone are aren't as at be because been being but by can
    could did do does doing don done for from get gets getting give given go goes going got had has
    have having he her here hers herself him himself his how i if in into is it its itself just let
    like ll make makes me might more most must my myself no nor not of off on once only or other
    ought our ours out over own please re s same shall she should so some such t than that the their
    theirs them themselves then there these they this those to too under until up us ve very want was
    we were what when where which while who whom whose why will with would you your yours yourself
    cant couldnt shouldnt wouldnt wasnt werent hasnt havent hadnt didnt
    im ive id dont doesnt isnt arent wont youre shes hes theyre whats whos
    """.split()
)
"""Left out of the body of the index, and not asked for in a question that has other words."""

DENIALS = frozenset("no not never cant cannot dont doesnt isnt wont".split())
"""A worry that denies something is about that thing: without these words it still means the same."""

SHORT_WORDS = frozenset(
    """
    ace ad add aid aim air all arm art ask bad bag bar bed bet big bit bus car care cast cat cup cut
    dad dash day dot ear eat echo end eye fact far fast fat fit fly form fun gap gas gift goal good
    gp grip gun hat help hit home hot hub icon ill jam job key kit lab lack law lead led leg link lip
    list log lot low mad map mark mash mat mate mean meet men mess mi mild mind miss mood mum nap net
    new nice nil nod odd old one pain pan pass past pat pay pen pet pin pip plan play pop pot raft rag
    ran rap ras rat raw read red rest rib rid rig rise risk rod role row rub run sad safe salt same
    sand sat save say sea see sense set ship sign sing sip sit six sky small smart sort sos spa
    star start step sun talk tap tar tax tea team ten test tie tip top toy try two up use van vet vi
    wall war way web wet who wise word www zip
    """.split()
)
"""Short forms that are words as well: only capitals make them short forms."""

SAME: tuple[tuple[str, ...], ...] = (
    ("mum", "mother", "mom", "mummy", "mam"),
    ("dad", "father", "daddy"),
    ("baby", "infant"),
    ("phone", "ring", "call", "telephone"),
    ("nappy", "diaper"),
    ("antenatal", "prenatal"),
    ("postnatal", "postpartum"),
    ("temperature", "fever"),
    ("violence", "abuse"),
    ("worry", "concern"),
    ("anxiety", "worry"),
    ("cut off", "threshold"),
    ("cutoff", "threshold"),
    ("solution", "way"),
    ("late", "delay"),
    ("talk", "speech"),
    ("scared", "afraid", "frightened"),
    ("floppy", "limp"),
    ("tablet", "pill"),
    ("hit", "punch", "slap"),
)
"""Either stands for the other, as an answer that comes after the exact ones."""

MEANS: tuple[tuple[str, str], ...] = (
    ("woman", "mother"),
    ("newborn", "baby"),
    ("kid", "child"),
    ("toddler", "child"),
    ("son", "child"),
    ("daughter", "child"),
    ("husband", "partner"),
    ("boyfriend", "partner"),
    ("wife", "partner"),
    ("pregnant", "antenatal"),
    ("unwell", "ill"),
    ("sick", "ill"),
    ("poorly", "ill"),
    ("hurt", "harm"),
    ("kill", "suicide"),
    ("hit", "abuse"),
    ("hitting", "abuse"),
    ("homeless", "housing"),
    ("nowhere to live", "housing"),
    ("feeling low", "low mood"),
    ("feels low", "low mood"),
    ("sad", "low mood"),
    ("depressed", "depression"),
    ("hospital", "emergency department"),
    ("social services", "social care"),
    ("social worker", "social care"),
    ("said no", "refused"),
    ("walking", "development"),
    ("screaming", "crying"),
    ("convulsion", "seizure"),
    ("fitting", "seizure"),
    ("a fit", "seizure"),
    ("fontanelle", "soft spot"),
    ("burn", "injury"),
    ("scald", "injury"),
    ("fracture", "injury"),
    ("broken bone", "injury"),
    ("drinks", "alcohol"),
    ("drunk", "alcohol"),
    ("cannabis", "substance"),
    ("weed", "substance"),
    ("cocaine", "substance"),
    ("heroin", "substance"),
    ("drugs", "substance"),
)
"""The first is what people say, the second what pages say; not the other way round."""

FAMILIES: dict[str, str] = {
    "referral": "refer",
    "referrals": "refer",
    "anxiety": "anxious",
    "anxieties": "anxious",
    "psychotic": "psychosis",
    "pregnancy": "pregnant",
    "pregnancies": "pregnant",
    "violent": "violence",
    "children": "child",
    "women": "woman",
    "men": "man",
    "slept": "sleep",
    "shook": "shake",
    "shaken": "shake",
    "fell": "fall",
    "fallen": "fall",
    "threw": "throw",
    "thrown": "throw",
    "broke": "break",
    "broken": "break",
    "bled": "bleed",
    "bitten": "bite",
    "drank": "drink",
    "ate": "eat",
    "eaten": "eat",
    "lost": "lose",
    "heard": "hear",
    "woke": "wake",
    "spoke": "speak",
    "grew": "grow",
    "felt": "feel",
    "kept": "keep",
    "stole": "steal",
    "held": "hold",
    "fed": "feed",
    "feet": "foot",
    "teeth": "tooth",
    "died": "death",
    "die": "death",
    "dies": "death",
    "dying": "death",
    "dead": "death",
    "delivery": "deliver",
    "deliveries": "deliver",
    "mums": "mum",
    "lives": "live",
    "paediatrician": "paediatric",
    "paediatricians": "paediatric",
    "emergencies": "emergency",
}
"""Forms of one word that a stemmer keeps apart."""

WHO: dict[str, str] = {
    **dict.fromkeys("mum mother mom mummy mam woman parent".split(), ""),
    **dict.fromkeys("infant newborn child kid toddler son daughter boy girl".split(), "baby"),
    **dict.fromkeys("dad father daddy husband boyfriend wife ex".split(), "partner"),
    **dict.fromkeys("herself himself myself themselves yourself".split(), "self"),
    **dict.fromkeys("cannot say tell think".split(), ""),
}
"""Whom a worry is about has many names; a mother, and that somebody says it, goes without saying."""
