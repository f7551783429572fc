"""The index keeps up with the library, whoever changed it and whatever happened to its files."""

import random
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from search.engine import Engine
from search.entries import Given
from search.hits import Narrowing
from search.lock import Lock
from search.sources import Folder
from tests.support.searching import (
    LOW_MOOD,
    PSYCHOSIS,
    SHEETS,
    engine_of,
    folder_engine,
    found,
    pages,
    sheet,
    write,
)

ROOT = Path(__file__).parents[2]
NOTE = "# Sleep\n\nHow babies sleep.\n\n## At night {#night}\n\nWake often, feed, settle.\n"


@pytest.fixture
def library(tmp_path):
    root = tmp_path / "library"
    write(root, "notes/sleep.md", NOTE)
    write(root, "notes/feeding.md", "# Feeding\n\nMilk and more milk.\n")
    return root


@pytest.fixture
def profile(tmp_path):
    return tmp_path / "profile"


def build_folder(profile):
    return next(profile.rglob("build-*"))


def test_any_folder_of_markdown_can_be_searched_down_to_its_headings(library, profile):
    with folder_engine(library, profile) as engine:
        done = engine.refresh()
        assert (done.pages, done.added) == (2, 2)
        assert found(engine.search("settle")) == ["notes/sleep.md#night"]


def test_what_is_left_is_found_again_without_building(library, profile):
    with folder_engine(library, profile) as engine:
        engine.refresh()
    with folder_engine(library, profile) as engine:
        assert found(engine.search("settle")) == ["notes/sleep.md#night"]
        done = engine.refresh()
        assert (done.touched, done.rebuilt) == (0, "")


def test_a_saved_page_is_found_without_a_rebuild(library, profile):
    with folder_engine(library, profile) as engine:
        engine.refresh()
        write(library, "notes/sleep.md", NOTE.replace("settle", "cuddle"))
        done = engine.refresh(paths=["notes/sleep.md"])
        assert (done.changed, done.rebuilt) == (1, "")
        assert found(engine.search("cuddle")) == ["notes/sleep.md#night"]
        assert not engine.search("settle").hits


def test_a_scan_finds_what_others_added_changed_and_removed(library, profile):
    with folder_engine(library, profile) as engine:
        engine.refresh()
        write(library, "new/colic.md", "# Colic\n\nMuch crying.\n")
        write(library, "notes/sleep.md", NOTE + "\n## Day {#day}\n\nNaps.\n")
        (library / "notes" / "feeding.md").unlink()
        done = engine.refresh()
        assert (done.added, done.changed, done.removed) == (1, 1, 1)
        assert found(engine.search("colic")) == ["new/colic.md"]
        assert found(engine.search("naps")) == ["notes/sleep.md#day"]
        assert not engine.search("milk").hits


def test_a_file_that_was_only_touched_is_not_taken_in_again(library, profile):
    with folder_engine(library, profile) as engine:
        engine.refresh()
        (library / "notes" / "sleep.md").touch()
        assert engine.refresh().touched == 0


def test_files_with_another_time_are_read_once_and_then_known(library, profile, monkeypatch):
    import os

    with folder_engine(library, profile) as engine:
        engine.refresh()
    for file in (library / "notes").iterdir():
        os.utime(file, ns=(10**18, 10**18))
    read = []
    monkeypatch.setattr(
        "search.sources.Folder.read",
        lambda self, path, was=Folder.read: read.append(path) or was(self, path),
    )
    for expected in (2, 0):
        read.clear()
        with folder_engine(library, profile) as engine:
            assert engine.refresh().touched == 0
            assert len(read) == expected
            assert engine.search("settle").hits


def test_a_change_within_the_same_tick_of_the_clock_is_seen(library, profile):
    import os

    file = library / "notes" / "sleep.md"
    with folder_engine(library, profile) as engine:
        engine.refresh()
        before = file.stat()
        file.write_text(NOTE.replace("settle", "shuffl"), "utf-8")
        os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
        assert file.stat().st_size == before.st_size
    with folder_engine(library, profile) as engine:
        assert engine.refresh().changed == 1
        assert engine.search("shuffl").hits


def test_withdrawn_pages_never_come_back_until_they_are_restored(library, profile):
    gone = "---\ntitle: Sleep\nstatus: withdrawn\n---\n\nWake often, settle.\n"
    with folder_engine(library, profile) as engine:
        engine.refresh()
        write(library, "notes/sleep.md", gone)
        engine.refresh()
        assert not engine.search("settle").hits
        assert not engine.search("settle", narrowing=Narrowing(drafts=True)).hits
        write(library, "notes/sleep.md", NOTE)
        engine.refresh()
        assert engine.search("settle").hits


def test_what_only_a_presenter_sees_is_not_found(library, profile):
    text = "# Case\n\nText.\n\n> [!TRAINER]\n> Secretword here.\n\n> [!NOTE]\n> Openword here.\n"
    write(library, "sessions/case.md", text)
    with folder_engine(library, profile) as engine:
        engine.refresh()
        assert engine.search("openword").hits
        assert not engine.search("secretword").hits


def test_the_glossary_works_at_the_next_question_without_a_rebuild(library, profile):
    table = "# Glossary\n\n| Term | Expansion | Meaning | What people type |\n|---|---|---|---|\n{}"
    write(library, "glossary.md", table.format("| HV | Health visitor | Nurse | nurse |\n"))
    with folder_engine(library, profile) as engine:
        engine.refresh()
        assert "notes/sleep.md" not in pages(engine.search("slumber"))
        write(library, "glossary.md", table.format("| Sleep | | Rest | slumber |\n"))
        done = engine.refresh(paths=["glossary.md"])
        assert (done.changed, done.rebuilt) == (1, "")
        assert "notes/sleep.md" in pages(engine.search("slumber"))


def test_a_file_emptied_by_a_half_finished_copy_keeps_its_last_good_text(library, profile):
    with folder_engine(library, profile) as engine:
        engine.refresh()
        write(library, "notes/sleep.md", "")
        assert engine.refresh().unreadable == ("notes/sleep.md",)
        assert engine.search("settle").hits


def test_many_saves_stay_right_and_few(tmp_path):
    coin = random.Random(1)
    sheets = {f"p{n}.md": sheet(f"p{n}.md", f"Page {n}", intro=f"word{n} old") for n in range(30)}
    source = Given(sheets.values())
    with Engine(source, tmp_path / "c", tmp_path / "g") as engine:
        engine.refresh()
        for turn in range(60):
            path = coin.choice(sorted(sheets))
            if coin.random() < 0.2 and len(sheets) > 5:
                del sheets[path]
                source.remove(path)
            else:
                sheets[path] = sheet(path, path, intro=f"word{path[1:-3]} turn{turn}")
                source.put(sheets[path])
            engine.refresh(paths=[path])
        for path, page in sheets.items():
            last = page.entries[0].text.split()[-1]
            assert path in pages(engine.search(f"word{path[1:-3]} {last}"))
        assert set(pages(engine.search("old", limit=50))) == {
            p for p, page in sheets.items() if "old" in page.entries[0].text
        }
        assert len(engine._keeper.state.index.segments) <= 41
        assert engine.refresh().touched == 0
        assert len(engine._keeper.state.index.segments) <= 7
        assert set(pages(engine.search("old", limit=50))) == {
            p for p, page in sheets.items() if "old" in page.entries[0].text
        }
    with Engine(source, tmp_path / "c", tmp_path / "g") as engine:
        assert engine.refresh().touched == 0
        assert engine.search("old", limit=50).hits


def test_two_programs_on_one_library_see_each_others_work(library, profile):
    with folder_engine(library, profile) as one, folder_engine(library, profile) as two:
        one.refresh()
        two.refresh()
        assert two.search("settle").hits
        write(library, "notes/sleep.md", NOTE.replace("settle", "cuddle"))
        assert one.refresh().changed == 1
        assert two.refresh().changed == 0
        assert two.search("cuddle").hits
        assert not two.search("settle").hits


def test_while_another_program_holds_the_index_answers_are_still_right(library, profile):
    with folder_engine(library, profile) as first:
        first.refresh()
    write(library, "notes/sleep.md", NOTE.replace("settle", "cuddle"))
    folder = build_folder(profile).parent
    with Lock(folder / "lock", 1), folder_engine(library, profile) as engine:
        engine.refresh(wait=0.1)
        assert engine.search("cuddle").hits
        assert not engine.search("settle").hits
    with folder_engine(library, profile) as engine:
        assert engine.refresh().changed == 1


def test_questions_are_answered_while_a_build_runs(tmp_path):
    sheets = [sheet(f"p{n}.md", f"Page {n}", intro=f"common word{n} " * 40) for n in range(400)]
    engine = Engine(Given(sheets, name="slow"), tmp_path / "c", tmp_path / "g").open()
    seen, told = [], []

    def progress(step):
        told.append(step)
        time.sleep(0.002)

    worker = threading.Thread(target=engine.refresh, args=(progress,))
    worker.start()
    while worker.is_alive():
        answer = engine.search("common")
        seen.append((answer.building, len(answer.hits)))
        time.sleep(0.01)
    worker.join()
    assert (True, 10) in seen
    assert told[-1].done == told[-1].total == 400
    assert not engine.search("common").building
    assert engine.search("word399").hits
    engine.close()


def test_many_threads_may_ask_while_another_takes_pages_in(tmp_path, monkeypatch):
    monkeypatch.setattr("search.index.KEPT_DENSE", 3)
    monkeypatch.setattr("search.index.KEPT_MADE", 3)
    monkeypatch.setattr("search.index.KEPT_PAGES", 3)
    monkeypatch.setattr("search.index.KEPT_POSTINGS", 300)
    sheets = [sheet(f"p{n}.md", f"Page {n}", intro=f"common word{n} other") for n in range(60)]
    source = Given(sheets)
    engine = Engine(source, tmp_path / "c", tmp_path / "g")
    engine.refresh()
    wrong = []
    done = threading.Event()

    def ask(seed):
        coin = random.Random(seed)
        try:
            while not done.is_set():
                number = coin.randrange(60)
                if pages(engine.search(f"common word{number}"))[:1] != [f"p{number}.md"]:
                    wrong.append(number)
                engine.search(f"wo comm pa{number}"[: coin.randrange(1, 9)], typing=True)
        except Exception as error:  # noqa: BLE001 - whatever a thread meets is the finding
            wrong.append(error)

    threads = [threading.Thread(target=ask, args=(seed,)) for seed in range(4)]
    for thread in threads:
        thread.start()
    for turn in range(25):
        path = f"p{turn}.md"
        source.put(sheet(path, f"Page {turn}", intro=f"common word{turn} changed{turn}"))
        engine.refresh(paths=[path])
    done.set()
    for thread in threads:
        thread.join()
    engine.close()
    assert wrong == []


def test_a_build_that_was_stopped_goes_on_where_it_left_off(tmp_path):
    sheets = [sheet(f"p{n:03}.md", f"Page {n}", intro=f"word{n}") for n in range(50)]
    calls = iter(range(1000))
    with Engine(Given(sheets), tmp_path / "c", tmp_path / "g") as engine:
        engine.refresh(stop=lambda: next(calls) >= 20)
        assert engine.search("word1").hits
        assert not engine.search("word49").hits
        assert engine.refresh().added == 30
        assert engine.search("word49").hits


def test_a_rebuild_that_was_asked_for_answers_from_the_old_index_until_it_is_done(library, profile):
    with folder_engine(library, profile) as engine:
        engine.refresh()
        old = build_folder(profile)
        done = engine.refresh(rebuild=True)
        assert done.rebuilt == "asked for"
        assert engine.search("settle").hits
        assert build_folder(profile) != old


def damage(folder, coin):
    """Something that happens to files."""
    files = sorted(p for p in folder.iterdir() if p.is_file() and p.stat().st_size)
    file = coin.choice(files)
    data = bytearray(file.read_bytes())
    kind = coin.randrange(4)
    if kind == 0:
        file.write_bytes(data[: coin.randrange(len(data))])
    elif kind == 1:
        data[coin.randrange(len(data))] ^= 0x5A
        file.write_bytes(data)
    elif kind == 2:
        file.unlink()
    else:
        file.write_bytes(b"")
    return f"{kind} {file.name}"


@pytest.mark.parametrize("seed", range(12))
def test_a_damaged_index_is_built_anew_without_a_word(library, profile, seed):
    coin = random.Random(seed)
    with folder_engine(library, profile) as engine:
        engine.refresh()
    what = damage(build_folder(profile), coin)
    with folder_engine(library, profile) as engine:
        engine.refresh()
        assert found(engine.search("settle")) == ["notes/sleep.md#night"], what
        assert found(engine.search("milk")) == ["notes/feeding.md"], what


@pytest.mark.parametrize("name", ["current", "lock"])
def test_damage_beside_the_index_does_no_harm(library, profile, name):
    with folder_engine(library, profile) as engine:
        engine.refresh()
    (build_folder(profile).parent / name).write_bytes(b"\xff\xfe../../../etc\n")
    with folder_engine(library, profile) as engine:
        engine.refresh()
        assert found(engine.search("settle")) == ["notes/sleep.md#night"]


def test_an_index_of_another_version_is_built_anew(library, profile, monkeypatch):
    with folder_engine(library, profile) as engine:
        engine.refresh()
    monkeypatch.setattr("search.store.VERSION", 999)
    with folder_engine(library, profile) as engine:
        assert "version" in engine.refresh().rebuilt
        assert engine.search("settle").hits


def test_an_index_of_another_library_is_not_believed(library, profile, tmp_path):
    other = tmp_path / "other"
    write(other, "x.md", "# Other\n\nQuite different.\n")
    with folder_engine(other, profile) as engine:
        engine.refresh()
        theirs = engine._keeper.store.folder
    with folder_engine(library, profile) as engine:
        engine.refresh()
        mine = engine._keeper.store.folder
    shutil.rmtree(mine)
    shutil.copytree(theirs, mine)
    with folder_engine(library, profile) as engine:
        assert engine.refresh().rebuilt
        assert engine.search("settle").hits
        assert not engine.search("different").hits


class Bomb:
    """What somebody might put where the index is."""

    def __reduce__(self):
        return (Path.touch, (Path(self.where),))


def test_a_table_of_contents_that_we_did_not_write_is_never_unpickled(library, profile, tmp_path):
    import pickle

    with folder_engine(library, profile) as engine:
        engine.refresh()
    bomb = Bomb()
    bomb.where = str(tmp_path / "exploded")
    build = build_folder(profile)
    for toc in build.glob("*.toc"):
        toc.write_bytes(toc.read_bytes()[:20] + pickle.dumps(bomb))
    with folder_engine(library, profile) as engine:
        engine.refresh()
        assert engine.search("settle").hits
    assert not (tmp_path / "exploded").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps profiles apart by itself")
def test_a_folder_that_others_can_write_to_is_not_used(library, profile):
    with folder_engine(library, profile) as engine:
        engine.refresh()
        folder = engine._keeper.store.folder
    folder.chmod(0o777)
    with folder_engine(library, profile) as engine:
        engine.refresh()
        assert engine.search("settle").hits
        private = engine._keeper.store.folder
        assert private != folder
    assert not private.exists()


def test_a_cache_folder_that_cannot_be_made_is_done_without(library, tmp_path):
    (tmp_path / "file").write_text("in the way")
    from knowledge.places import Profile

    with Engine.for_folder(library, Profile.at(tmp_path / "file")) as engine:
        engine.refresh()
        assert engine.search("settle").hits


KILLED = """
import os, sys, threading, time
from pathlib import Path
from tests.support.searching import folder_engine
engine = folder_engine(Path(sys.argv[1]), Path(sys.argv[2]))
engine.open()
print("ready", flush=True)
wait = float(sys.argv[3])
def die():
    time.sleep(wait)
    os._exit(9)
threading.Thread(target=die, daemon=True).start()
while True:
    for path in sorted(Path(sys.argv[1]).rglob("*.md")):
        text = path.read_text()
        draft = path.with_suffix(".new")
        draft.write_text(text + " more")
        draft.replace(path)
    engine.refresh()
"""


def kill_in_mid_commit(library, profile, wait):
    done = subprocess.run(
        [sys.executable, "-c", KILLED, str(library), str(profile), str(wait)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 9, done.stderr


def check_after_kill(library, profile):
    with folder_engine(library, profile) as engine:
        engine.refresh()
        for path in sorted(library.rglob("*.md")):
            key = f"unique{path.stem}"
            assert pages(engine.search(key)) == [path.relative_to(library).as_posix()]
        assert len(engine.search("everywhere", limit=200).hits) == len(list(library.rglob("*.md")))


def kill_many_times(library, profile, times, seed):
    coin = random.Random(seed)
    for n in range(15):
        write(library, f"many/n{n:02}.md", f"# Note {n}\n\nuniquen{n:02} everywhere\n")
    for path in (library / "notes").glob("*.md"):
        path.unlink()
    for _ in range(times):
        kill_in_mid_commit(library, profile, coin.uniform(0.0, 0.25))
        check_after_kill(library, profile)


def test_killed_in_mid_commit_the_next_start_answers_right(library, profile):
    kill_many_times(library, profile, 4, seed=7)


@pytest.mark.long
def test_killed_in_mid_commit_a_hundred_times_the_next_start_answers_right(library, profile):
    kill_many_times(library, profile, 100, seed=11)


@pytest.mark.long
def test_damaged_in_two_hundred_ways_the_next_start_answers_right(library, profile):
    for seed in range(200):
        coin = random.Random(1000 + seed)
        with folder_engine(library, profile) as engine:
            engine.refresh()
        what = damage(build_folder(profile), coin)
        with folder_engine(library, profile) as engine:
            engine.refresh()
            assert found(engine.search("settle")) == ["notes/sleep.md#night"], what


def test_two_programs_building_at_once_both_answer_right(library, profile):
    code = (
        "import sys; from pathlib import Path; from tests.support.searching import folder_engine\n"
        "with folder_engine(Path(sys.argv[1]), Path(sys.argv[2])) as e:\n"
        "    e.refresh(); print(len(e.search('settle').hits))"
    )
    command = [sys.executable, "-c", code, str(library), str(profile)]
    running = [
        subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) for _ in range(3)
    ]
    assert [p.communicate(timeout=60)[0].strip() for p in running] == ["1", "1", "1"]


def test_nothing_heavy_is_loaded_before_the_engine_is_opened():
    code = (
        "import sys, search.engine, search.hits\n"
        "print([m for m in ('whoosh', 'PySide6', 'networkx') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_questions_without_an_answer_are_kept_here_and_can_be_cleared(tmp_path):
    with engine_of(tmp_path, LOW_MOOD) as engine:
        engine.note_gap("lactation of elephants")
        engine.note_gap("Lactation of Elephants")
        engine.note_gap("NHS 943 476 5919 baby")
        engine.note_gap("  ?! ")
        kept = {gap.query: gap.times for gap in engine.gaps}
        assert kept == {"lactation of elephants": 2, "NHS baby": 1}
    with engine_of(tmp_path, LOW_MOOD) as engine:
        assert len(engine.gaps) == 2
        engine.clear_gaps()
        assert engine.gaps == []


def test_the_two_ways_to_read_a_library_share_one_index(library, profile):
    from knowledge.library import open_library
    from knowledge.places import Profile

    with folder_engine(library, profile) as engine:
        engine.refresh()
    snapshot = open_library(library)
    with Engine.for_library(lambda: snapshot, Profile.at(profile)) as engine:
        assert engine.refresh().touched == 0
        assert engine.search("settle").hits


def test_pages_in_memory_that_were_removed_are_gone(tmp_path):
    source = Given(SHEETS)
    with Engine(source, tmp_path / "c", tmp_path / "g") as engine:
        engine.refresh()
        source.remove(PSYCHOSIS.path)
        assert engine.refresh().removed == 1
        assert not engine.search("psychosis").hits
