"""What a question brings, in what order, and what the answer says about it."""

from dataclasses import replace

import pytest

from search.hits import Narrowing, Why
from tests.support.searching import (
    KITCHEN,
    LOW_MOOD,
    SHEETS,
    TERMS,
    engine_of,
    folder_engine,
    found,
    pages,
    sheet,
    write,
)


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    folder = tmp_path_factory.mktemp("answers")
    with engine_of(
        folder,
        *SHEETS,
        terms=TERMS,
        topics=("Safeguarding", "Breastfeeding and feeding"),
        urgent=("pathways/emergency.md",),
        ask="Unsure? Ask the champion",
    ) as engine:
        yield engine


def test_an_answer_is_a_step_with_its_page_and_place(engine):
    hit = engine.search("voices").hits[0]
    assert (hit.page, hit.anchor, hit.heading) == (
        "pathways/emergency.md",
        "signs",
        "Signs of psychosis",
    )
    assert hit.kind == "pathway"
    assert hit.why is Why.EXACT
    assert hit.urgent


def test_a_page_is_found_by_what_people_say_about_it_although_it_does_not_stand_in_it(engine):
    assert found(engine.search("tearful"))[0] == "pathways/low-mood.md"


def test_a_worry_leads_to_the_step_where_its_pathway_starts(tmp_path):
    steps = "## Notice {#notice .start}\n\nLook.\n\n## Act {#act .action}\n\nRing.\n"
    head = "---\nkind: pathway\ntitle: Low mood\nconcerns:\n  - tearful all day\n---\n"
    write(tmp_path / "library", "low.md", f"{head}\nHello.\n\n{steps}")
    with folder_engine(tmp_path / "library", tmp_path / "profile") as engine:
        engine.refresh()
        assert found(engine.search("tearful"))[0] == "low.md#notice"
        assert found(engine.search("low mood"))[0] == "low.md"


def test_a_concern_as_its_author_wrote_it_comes_first(tmp_path):
    talks = [sheet(f"t{n}.md", f"Talking {n}", intro="Talk, talking. Not.") for n in range(6)]
    long = tuple(f"worry number {n} of very many others" for n in range(30))
    late = sheet("late.md", "Late words", intro="Else. " * 80, concerns=("not talking", *long))
    with engine_of(tmp_path, *talks, late) as engine:
        assert pages(engine.search("not talking"))[0] == "late.md"
        assert pages(engine.search("talking 3"))[0] == "t3.md"


def test_what_a_list_of_links_leads_to_comes_before_the_list(tmp_path):
    write(tmp_path / "library", "hub.md", "# Hub\n\nHelp.\n\n## See also\n\n- [Sleep](sleep.md)\n")
    write(tmp_path / "library", "sleep.md", "# Night\n\nWhen a baby does not sleep, we help.\n")
    with folder_engine(tmp_path / "library", tmp_path / "profile") as engine:
        engine.refresh()
        assert pages(engine.search("sleep")) == ["sleep.md", "hub.md"]


def test_where_a_link_leads_is_not_text(tmp_path):
    head = '---\nkind: service\ntitle: Clinic\nout_of_hours: "Ring [the doctor](mash.md)"\n---\n'
    write(tmp_path / "library", "clinic.md", head)
    with folder_engine(tmp_path / "library", tmp_path / "profile") as engine:
        engine.refresh()
        assert engine.search("doctor").hits[0].snippet == "Ring the doctor"
        assert not engine.search("mash").hits


def test_the_last_word_counts_as_unfinished_only_while_typing(engine):
    assert found(engine.search("nipp", typing=True)) == ["pathways/feeding.md#latch"]
    assert engine.search("nipp", typing=True).hits[0].why is Why.START
    assert not engine.search("nipp").hits


def test_one_letter_of_a_next_word_does_not_narrow(engine):
    whole = found(engine.search("psychosis", typing=True))
    assert set(found(engine.search("psychosis s", typing=True))) == set(whole)
    assert found(engine.search("what is r", typing=True))


def test_a_beginning_may_stand_apart_from_its_word_while_typing(engine):
    assert found(engine.search("post nat", typing=True))[0].startswith("pathways/low-mood.md")


def test_a_word_that_is_whole_comes_before_words_it_begins(tmp_path):
    with engine_of(
        tmp_path,
        sheet("a.md", "Talking to parents", intro="Talking and more talking."),
        sheet("b.md", "Talk", intro="A talk."),
        sheet("c.md", "Feeds", intro="Feeding. Feeds."),
        sheet("d.md", "Feedback", intro="Feedback, feedback and feedback."),
    ) as engine:
        answer = engine.search("feed", typing=True)
        assert [hit.why for hit in answer.hits] == [Why.EXACT, Why.START]
        assert pages(answer) == ["c.md", "d.md"]


def test_exact_before_start_before_synonym_before_spelling(tmp_path):
    with engine_of(
        tmp_path,
        sheet("exact.md", "One", intro="About the pram."),
        sheet("start.md", "Two", intro="Pramlike things, pramlike and pramlike."),
        sheet("same.md", "Buggy", intro="A buggy. A buggy. A buggy."),
        terms=[("Buggy", "", ("pram",))],
    ) as engine:
        answer = engine.search("pram", typing=True)
        assert pages(answer) == ["exact.md", "start.md", "same.md"]
        assert [h.why.word for h in answer.hits] == ["exact", "start", "synonym"]
        misspelt = engine.search("prram")
        assert [h.why.word for h in misspelt.hits] == ["spelling"]
        assert misspelt.corrected == "pram"


def test_a_misspelt_word_is_read_as_the_one_meant_and_the_answer_says_so(engine):
    answer = engine.search("signs of psycosis")
    assert answer.corrected == "signs of psychosis"
    assert answer.hits[0].why is Why.SPELLING
    assert found(answer)[0] == "pathways/emergency.md#signs"


def test_letters_in_quite_another_order_are_put_right(engine):
    assert engine.search("physcosis").corrected == "psychosis"


def test_a_misspelt_beginning_is_read_as_well(engine):
    answer = engine.search("pscyh", typing=True)
    assert answer.corrected
    assert pages(answer)[0] == "pathways/emergency.md"


def test_a_word_that_exists_is_never_corrected(tmp_path):
    with engine_of(
        tmp_path,
        sheet("a.md", "Weight", intro="Weight weight weight weight."),
        sheet("b.md", "Height", intro="Eight once."),
    ) as engine:
        answer = engine.search("eight")
        assert answer.corrected is None
        assert pages(answer) == ["b.md"]


@pytest.mark.parametrize(
    ("typed", "stands"),
    [
        ("behavior", "Behaviour at the breast"),
        ("pediatric advice", "Paediatric advice"),
        ("post natal depression", "Postnatal depression"),
        ("post-natal depression", "Postnatal depression"),
        ("postnatal depression", "Postnatal depression"),
        ("baby’s food", "No salt or sugar"),
        ("baby's food", "No salt or sugar"),
        ("“hears voices”", "She hears voices"),
    ],
)
def test_every_way_to_write_it_finds_it(engine, typed, stands):
    assert stands in " ".join(hit.snippet for hit in engine.search(typed).hits)


@pytest.mark.parametrize(
    ("stands", "typed"),
    [
        ("post natal clinic", "postnatal clinic"),
        ("post-natal clinic", "post natal clinic"),
        ("postnatal clinic", "post-natal clinic"),
        ("organization", "organisation"),
        ("haemorrhage", "hemorrhage"),
        ("counselling", "counseling"),
        ("step-dad", "stepdad"),
        ("stepdad", "step dad"),
        ("PHQ-9", "phq9"),
        ("PHQ-9", "phq 9"),
        ("A&E", "a&e"),
        ("mother’s", "mothers"),
        ("café", "cafe"),
    ],
)
def test_spelling_and_hyphens_do_not_matter(tmp_path, stands, typed):
    with engine_of(tmp_path, sheet("a.md", "One", intro=f"Here is {stands} for you.")) as engine:
        answer = engine.search(typed)
        assert pages(answer) == ["a.md"]
        assert answer.hits[0].why is Why.EXACT
        assert answer.corrected is None


def test_a_short_form_finds_its_expansion_and_the_other_way_round(tmp_path):
    with engine_of(
        tmp_path,
        sheet("short.md", "One", intro="Screen for PND."),
        sheet("long.md", "Two", intro="Postnatal depression is common."),
        terms=TERMS,
    ) as engine:
        assert pages(engine.search("pnd")) == ["short.md", "long.md"]
        assert pages(engine.search("postnatal depression")) == ["long.md", "short.md"]


def test_capitals_decide_whether_a_word_is_a_short_form(engine):
    assert "services/speech.md" in pages(engine.search("SALT"))
    assert "pages/kitchen.md" not in pages(engine.search("SALT"))
    assert pages(engine.search("salt")) == ["pages/kitchen.md", "services/speech.md"]
    assert [hit.why for hit in engine.search("salt").hits] == [Why.EXACT, Why.SYNONYM]
    assert pages(engine.search("mash")) == ["pages/kitchen.md"]


@pytest.mark.parametrize("typed", ["PHQ-9", "phq-9", "PHQ9", "phq 9"])
def test_a_short_form_with_a_figure_is_found_where_it_stands(tmp_path, typed):
    page = sheet("bands.md", "PHQ-9 bands", intro="What a PHQ-9 score may mean.")
    with engine_of(tmp_path, page, terms=[("PHQ-9", "Patient Health Questionnaire")]) as engine:
        assert pages(engine.search(typed)) == ["bands.md"]


def test_capitals_may_be_mixed_in_a_short_form(tmp_path):
    terms = [("SALT", "Speech and language therapy")]
    clinic = sheet("a.md", "Clinic", intro="Ring SaLT about speech.")
    with engine_of(tmp_path, clinic, KITCHEN, terms=terms) as engine:
        for typed in ("SALT", "SaLT"):
            assert pages(engine.search(typed)) == ["a.md"]


def test_an_unknown_short_form_is_not_read_as_another(tmp_path):
    with engine_of(tmp_path, sheet("a.md", "FPM and EPDS", intro="A model.")) as engine:
        assert engine.search("FGM").missing == ("FGM",)
        assert engine.search("EPSD").corrected == "epds"


def test_words_shouted_in_a_page_are_still_found(tmp_path):
    with engine_of(tmp_path, sheet("a.md", "One", intro="NEED HELP? RING 999 TODAY")) as engine:
        for word in ("help", "ring", "need", "today", "HELP", "need help"):
            assert pages(engine.search(word)) == ["a.md"]


def test_a_beginning_is_not_called_exact_because_it_happens_to_be_a_stem(engine):
    assert {hit.why for hit in engine.search("psychos", typing=True).hits} == {Why.START}


def test_a_phrase_does_not_bring_pages_with_a_common_word_that_is_also_its_short_form(tmp_path):
    with engine_of(
        tmp_path,
        sheet("a.md", "Food", intro="Mash the food and add no salt."),
        sheet("b.md", "Hub", intro="Ring MASH today."),
        terms=TERMS,
    ) as engine:
        assert pages(engine.search("multi-agency safeguarding hub")) == ["b.md"]


def test_a_question_in_capitals_is_a_question(engine):
    assert pages(engine.search("SORE NIPPLES"))[0] == "pathways/feeding.md"


def test_a_glossary_that_runs_in_a_circle_still_answers(tmp_path):
    circle = [
        ("PND", "Postnatal depression", ("postnatal depression", "PND")),
        ("Postnatal depression", "PND", ("PND",)),
    ]
    with engine_of(tmp_path, LOW_MOOD, terms=circle) as engine:
        assert pages(engine.search("PND")) == ["pathways/low-mood.md"]


def test_lay_words_lead_to_the_term_but_not_back(tmp_path):
    with engine_of(
        tmp_path,
        sheet("a.md", "Voices in a choir", intro="Hearing voices sing."),
        sheet("b.md", "Psychosis", intro="Postpartum psychosis."),
        terms=TERMS,
    ) as engine:
        assert pages(engine.search("hearing voices")) == ["a.md", "b.md"]
        assert pages(engine.search("postpartum psychosis")) == ["b.md"]


def test_small_words_that_change_a_meaning_must_be_there(tmp_path):
    partners = sheet("p.md", "Fathers and partners", intro="Parents with needs of their own.")
    care = sheet("c.md", "Taking care", intro="Mum takes care.")
    terms = [("Fathers and partners", "", ("other mum",))]
    with engine_of(tmp_path, partners, care, terms=terms) as engine:
        assert pages(engine.search("mum")) == ["c.md"]
        assert "p.md" in pages(engine.search("the other mum is low"))


def test_a_denied_word_still_leads_to_what_the_worry_is_about(tmp_path):
    speech = sheet("s.md", "Speech delay", intro="Late words.")
    terms = [("Speech delay", "", ("not talking",))]
    with engine_of(tmp_path, speech, terms=terms) as engine:
        for typed in ("not talking", "isn't talking at two", "talking late"):
            assert pages(engine.search(typed)) == ["s.md"]


def test_words_mentioned_in_passing_do_not_come_before_what_means_the_same(tmp_path):
    passing = sheet("long.md", "Sources", intro="Titles of papers. " * 150 + "Mum. Sleep.")
    meant = sheet("meant.md", "A mother's sleep", intro="When a mother cannot sleep.")
    others = [sheet(f"{n}.md", f"Page {n}", intro="Something else.") for n in range(20)]
    with engine_of(tmp_path, passing, meant, *others) as engine:
        assert pages(engine.search("mum sleep"))[:2] == ["meant.md", "long.md"]


def test_a_question_in_a_sentence_is_answered_by_what_carries_meaning(engine):
    answer = engine.search("who do I call if mum hears voices")
    assert pages(answer)[0] == "pathways/emergency.md"


def test_answers_with_all_the_words_come_first_and_the_rest_say_that_they_hold_only_some(engine):
    answer = engine.search("sore nipples weigh plot")
    assert answer.partial
    assert not answer.hits[-1].complete


def test_small_words_alone_are_looked_for_in_titles(tmp_path):
    with engine_of(tmp_path, sheet("a.md", "Who is who", intro="Text."), LOW_MOOD) as engine:
        assert pages(engine.search("who is who"))[0] == "a.md"


def test_urgent_pages_are_not_pushed_below_the_third_by_pages_that_match_no_better(tmp_path):
    routine = [
        sheet(f"r{n}.md", f"Page {n}", intro="Sleep, sleep, sleep and sleep.") for n in range(12)
    ]
    grave = sheet("urgent.md", "Call now", intro="Long text about much else. " * 20 + "No sleep.")
    with engine_of(tmp_path, *routine, grave, urgent=("urgent.md",)) as engine:
        assert "urgent.md" in pages(engine.search("sleep"))[:3]


def test_an_urgent_page_that_weighs_more_is_among_the_first_three(tmp_path):
    routine = [sheet(f"r{n}.md", f"Page {n}", intro="Else. " * 90 + "Mum.") for n in range(5)]
    grave = sheet("urgent.md", "A mother in danger", intro="Mother.")
    with engine_of(tmp_path, *routine, grave, urgent=("urgent.md",)) as engine:
        assert pages(engine.search("mum"))[2] == "urgent.md"


def test_an_urgent_page_does_not_push_down_what_matches_better(tmp_path):
    routine = [sheet(f"r{n}.md", f"Sleep {n}", intro="Sleep and rest.") for n in range(5)]
    grave = sheet("urgent.md", "Call now", intro="Much else and sleep.")
    with engine_of(tmp_path, *routine, grave, urgent=("urgent.md",)) as engine:
        assert pages(engine.search("sleep rest"))[:5] == [f"r{n}.md" for n in range(5)]


def test_one_page_does_not_crowd_out_the_others(tmp_path):
    many = sheet("many.md", "Sleep", *[(f"s{n}", f"Sleep {n}", "Sleep.") for n in range(20)])
    others = [sheet(f"o{n}.md", f"Other {n}", intro="A word on sleep here.") for n in range(8)]
    with engine_of(tmp_path, many, *others) as engine:
        assert len(set(pages(engine.search("sleep")))) >= 8


def test_answers_of_one_page_stand_together_in_groups(engine):
    answer = engine.search("mood")
    assert len({group.page for group in answer.groups}) == len(answer.groups)
    assert sum(len(group.hits) for group in answer.groups) == len(answer.hits)


def test_what_is_in_quotes_must_stand_so(engine):
    assert found(engine.search('"sore nipples"')) == ["pathways/feeding.md#latch"]
    assert not engine.search('"nipples sore"').hits
    assert pages(engine.search("\u201ctearful all day\u201d")) == ["pathways/low-mood.md"]


def test_what_is_ruled_out_does_not_come(engine):
    assert "pathways/emergency.md#signs" in found(engine.search("psychosis"))
    assert found(engine.search("psychosis -voices")) == ["pathways/emergency.md"]


def test_narrowing_by_what_is_typed_and_by_what_is_chosen(engine):
    assert pages(engine.search("talking kind:service")) == ["services/speech.md"]
    assert not engine.search("talking kind:pathway").hits
    chosen = Narrowing(topics=("Breastfeeding and feeding",))
    assert set(pages(engine.search("help", narrowing=chosen))) == {"pathways/feeding.md"}
    assert pages(engine.search("kind:service")) == ["services/speech.md"]
    assert pages(engine.search("kind:Serv", typing=True)) == ["services/speech.md"]
    assert set(pages(engine.search('weight region:"England"'))) == {"pathways/feeding.md"}


def test_counts_say_how_many_pages_each_choice_would_leave(engine):
    counts = engine.counts("baby")
    kinds = {count.value: count.pages for count in counts.rows["kinds"]}
    assert kinds == {"pathway": 1, "page": 1}
    assert counts.pages == 2
    narrowed = engine.counts("baby", narrowing=Narrowing(kinds=("page",)))
    assert {c.value: c.pages for c in narrowed.rows["kinds"]} == kinds
    assert narrowed.pages == 1


def test_drafts_come_only_when_asked_for(tmp_path):
    draft = replace(LOW_MOOD, status="draft")
    with engine_of(tmp_path, draft, *SHEETS[1:]) as engine:
        assert "pathways/low-mood.md" not in pages(engine.search("mood"))
        both = Narrowing(drafts=True)
        assert "pathways/low-mood.md" in pages(engine.search("mood", narrowing=both))


def test_an_answer_carries_the_state_of_its_page(tmp_path):
    old = replace(LOW_MOOD, status="sample", review_by="2020-01-31")
    with engine_of(tmp_path, old) as engine:
        hit = engine.search("mood").hits[0]
        assert hit.sample
        assert hit.overdue
        assert hit.review_by == "2020-01-31"


def test_nothing_found_offers_topics_and_somebody_to_ask(engine):
    answer = engine.search("breastpump zzzz")
    assert not answer.hits
    assert "zzzz" in answer.message
    assert answer.nearest[0].topic == "Breastfeeding and feeding"
    assert answer.ask.title == "Unsure? Ask the champion"
    assert answer.ask.page == "services/specialist-health-visitor.md"


@pytest.mark.parametrize("nothing", ["", "   ", "?!", "\x00", "🙂"])
def test_an_empty_question_gets_a_plain_sentence(engine, nothing):
    answer = engine.search(nothing)
    assert not answer.hits
    assert answer.message
