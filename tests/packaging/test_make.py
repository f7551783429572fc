"""build/make.py on whole, broken and half-made environments; nothing here needs the network."""

import ast
import sys
import time

import pytest

from tests.support.checkout import ROOT, Checkout

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="uses shell scripts as programs")


@pytest.fixture
def checkout(tmp_path):
    folder = tmp_path / "a folder with spaces"
    folder.mkdir()
    return Checkout(folder)


def test_a_ready_environment_starts_the_program_with_its_arguments_and_status(checkout, tmp_path):
    checkout.pretend_ready('#!/bin/sh\nprintf "<%s>" "$@"\nexit 7\n')
    done = checkout.make("run", "two words", "--json", cwd=tmp_path)
    assert (done.stdout, done.stderr, done.returncode) == ("<two words><--json>", "", 7)


def ready(checkout, level="run"):
    return checkout.python(
        f"import environment; print(environment.packages_ready({level!r}))"
    ).stdout


def test_the_stamp_holds_until_the_lock_the_project_or_the_program_changes(checkout):
    checkout.pretend_ready("#!/bin/sh\n")
    assert ready(checkout) == "True\n"
    lock = checkout.root / "build" / "lock" / "run.txt"
    before = lock.read_text()
    lock.write_text(before + "# newer\n")
    assert ready(checkout) == "False\n"
    lock.write_text(before)
    assert ready(checkout) == "True\n"
    (checkout.venv / "bin" / "fingerpost").unlink()
    assert ready(checkout) == "False\n"


def test_an_environment_for_running_is_not_one_for_working(checkout):
    checkout.pretend_ready("#!/bin/sh\n")
    assert ready(checkout, "work") == "False\n"


def test_an_environment_that_was_moved_with_its_folder_is_not_ready(checkout, tmp_path):
    checkout.pretend_ready("#!/bin/sh\n")
    checkout.root.rename(tmp_path / "elsewhere")
    moved = Checkout.__new__(Checkout)
    moved.root = tmp_path / "elsewhere"
    assert ready(moved) == "False\n"


def test_an_environment_whose_python_was_removed_is_not_ready(checkout):
    checkout.pretend_ready("#!/bin/sh\n")
    python = checkout.venv / "bin" / "python"
    python.unlink()
    python.symlink_to("/nowhere/python")
    assert ready(checkout) == "False\n"


@pytest.mark.slow
def test_a_half_made_environment_is_made_again(checkout):
    (checkout.venv / "bin").mkdir(parents=True)
    (checkout.venv / "pyvenv.cfg").write_text("home = ")
    code = "import packages as p; print(p.usable()); p.make_venv(); print(p.usable())"
    done = checkout.python(code)
    assert done.stdout == "False\nTrue\n"
    assert "making it again" in done.stderr


def test_the_lock_outlives_a_killed_set_up_until_its_pip_has_ended(checkout):
    slow = [sys.executable, "-c", "import time; time.sleep(1.5)"]
    begin = "import packages as p\nwith p.only_one_setup(): print('in', flush=True);"
    first = checkout.start(f"{begin} p.run({slow!r})")
    assert first.stdout.readline() == "in\n"
    time.sleep(0.3)
    first.kill()
    first.communicate()
    second = checkout.python(f"{begin} pass")
    assert second.stderr.startswith("Another set-up is at work")
    assert second.stdout == "in\n"


@pytest.mark.slow
def test_a_set_up_that_was_cut_short_begins_anew(checkout):
    checkout.python("import packages as p; p.make_venv()")
    (checkout.venv / "half a package").touch()
    assert checkout.make("setup").returncode == 2
    assert not (checkout.venv / "half a package").exists()


@pytest.mark.slow
def test_packages_that_cannot_be_fetched_end_in_one_sentence_and_no_stamp(checkout):
    done = checkout.make("setup")
    assert done.returncode == 2
    assert done.stderr.splitlines()[-1].startswith("make.py: the packages could not be installed: ")
    assert "Check the connection to the internet" in done.stderr
    assert "Traceback" not in done.stderr
    assert not list(checkout.venv.glob("ready-*"))


def test_a_link_in_the_place_of_the_environment_goes_but_not_what_it_points_to(checkout, tmp_path):
    precious = tmp_path / "precious"
    precious.mkdir()
    checkout.venv.symlink_to(precious)
    checkout.python("import packages; packages.remove_old()")
    assert not checkout.venv.is_symlink()
    assert precious.is_dir()


def test_a_second_set_up_waits_for_the_first_and_says_so(checkout):
    hold = "import packages\nwith packages.only_one_setup(): print('in', flush=True); input()"
    first = checkout.start(hold)
    assert first.stdout.readline() == "in\n"
    second = checkout.start(hold)
    assert second.stderr.readline().startswith("Another set-up is at work in this folder")
    first.communicate("\n")
    assert second.communicate("\n")[0] == "in\n"


def test_the_lock_of_a_set_up_that_was_killed_is_free(checkout):
    hold = "import packages\nwith packages.only_one_setup(): print('in', flush=True); input()"
    first = checkout.start(hold)
    first.stdout.readline()
    first.kill()
    first.communicate()
    assert checkout.python(hold.replace("; input()", "")).stderr == ""


def test_a_folder_that_cannot_be_written_ends_in_one_sentence(checkout):
    (checkout.root / ".work").write_text("a file where a folder should be")
    done = checkout.make("run")
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    assert "may be written to" in done.stderr


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("rum", "make.py: there is no command 'rum'. Did you mean 'run'?"),
        ("xyzzy", "make.py: there is no command 'xyzzy'. There are: run, setup, "),
    ],
)
def test_an_unknown_command_gets_one_sentence(checkout, typed, answer):
    done = checkout.make(typed)
    assert done.returncode == 2
    assert done.stderr.startswith(answer)
    assert len(done.stderr.splitlines()) == 1


def test_without_a_command_the_commands_are_listed(checkout):
    assert "  test " in checkout.make().stdout
    assert checkout.make().returncode == 2
    assert checkout.make("--help").returncode == 0


@pytest.mark.parametrize("name", ["make", "environment", "machine", "packages"])
def test_the_scripts_can_be_read_by_pythons_too_old_to_run_the_program(name):
    text = (ROOT / "build" / f"{name}.py").read_text(encoding="utf-8")
    ast.parse(text, feature_version=(3, 7))


def test_an_old_python_is_told_where_a_newer_one_comes_from(checkout):
    pretend = "import environment; environment.OLDEST_PYTHON = (9, 9)\n"
    done = checkout.python(pretend + "import make; sys.exit(make.main(['run']))")
    assert done.returncode == 2
    assert done.stderr.startswith("make.py: Fingerpost needs Python 9.9 or newer, and this is 3.")


def test_ci_runs_what_developers_run():
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert script.splitlines()[-1] == "exec python3 build/make.py test"
