"""What is said on each system about what it lacks, and what is asked of Debian."""

import sys

import environment
import machine
import pytest


@pytest.fixture
def on(monkeypatch):
    """Pretend to be on another system."""

    def pretend(platform, programs=()):
        monkeypatch.setattr(sys, "platform", platform)
        monkeypatch.setattr(
            machine.shutil, "which", lambda name: name if name in programs else None
        )

    return pretend


@pytest.mark.parametrize(
    ("platform", "programs", "words"),
    [
        ("win32", [], "winget install Python.Python.3.12, or the installer from python.org"),
        ("darwin", [], "brew install python@3.12, or the installer from python.org"),
        ("linux", ["apt-get"], "sudo apt-get install -y --no-install-recommends python3."),
        ("linux", [], "the system's package manager"),
    ],
)
def test_each_system_hears_of_a_missing_part_of_python_in_its_own_words(
    on, platform, programs, words
):
    on(platform, programs)
    assert words in machine.words_for_venv()


def test_without_ensurepip_and_without_rights_one_line_says_what_to_run(on, monkeypatch):
    on("linux", ["apt-get"])
    monkeypatch.setattr(machine, "has_module", lambda name: name == "venv")
    monkeypatch.setattr(machine, "permission", lambda: None)
    lacking(monkeypatch, "libGL.so.1")
    with pytest.raises(environment.SetupError) as told:
        machine.install_venv_package()
    version = f"{sys.version_info[0]}.{sys.version_info[1]}"
    assert str(told.value) == (
        "this Python cannot make environments. "
        "Somebody who may has to run: sudo apt-get install -y --no-install-recommends "
        f"python{version}-venv libgl1. Then run this again."
    )


def lacking(monkeypatch, *names):
    monkeypatch.setattr(machine, "missing_libraries", lambda: list(names))
    monkeypatch.setattr(machine, "missing_programs", lambda level: [])
    monkeypatch.setattr(machine, "has_fonts", lambda: True)


def test_missing_libraries_are_asked_of_debian_where_that_is_allowed(on, monkeypatch):
    on("linux", ["apt-get"])
    lacking(monkeypatch, "libEGL.so.1", "libGL.so.1")
    asked = []

    def install(command):
        asked.append(command)
        lacking(monkeypatch)
        return True

    monkeypatch.setattr(machine, "permission", list)
    monkeypatch.setattr(machine, "quietly", install)
    said = []
    assert machine.complete("run", said.append) == ""
    assert said == ["Installing from Debian: libegl1 libgl1 …"]
    assert asked[0][-5:] == ["install", "-y", "--no-install-recommends", "libegl1", "libgl1"]


def test_after_a_failed_try_a_start_only_says_what_is_missing(on, monkeypatch):
    on("linux", ["apt-get"])
    lacking(monkeypatch, "libEGL.so.1")
    monkeypatch.setattr(machine, "permission", list)
    monkeypatch.setattr(machine, "quietly", pytest.fail)
    assert "libegl1" in machine.complete("run", pytest.fail, install=False)


def test_a_refreshed_list_is_tried_when_the_first_try_fails(on, monkeypatch):
    on("linux", ["apt-get"])
    tried = []
    answers = iter([False, True, True])
    monkeypatch.setattr(machine, "permission", lambda: ["sudo", "-n"])
    monkeypatch.setattr(
        machine, "quietly", lambda c: tried.append(" ".join(c[-3:])) or next(answers)
    )
    assert machine.apt_install(["libgl1"])
    assert [words.split()[-1] for words in tried] == ["libgl1", "update", "libgl1"]


def test_missing_libraries_without_rights_are_named_in_one_line(on, monkeypatch):
    on("linux", ["apt-get"])
    lacking(monkeypatch, "libEGL.so.1")
    monkeypatch.setattr(machine, "permission", lambda: None)
    words = machine.complete("run", lambda text: None)
    assert words.endswith("sudo apt-get install -y --no-install-recommends libegl1")
    assert "\n" not in words


def test_other_linux_systems_are_told_the_names_of_the_libraries(on, monkeypatch):
    on("linux")
    monkeypatch.setattr(machine, "can_load", lambda name: name != "libEGL.so.1")
    monkeypatch.setattr(machine, "has_fonts", lambda: True)
    assert machine.complete("run", lambda text: None).startswith("This system lacks libEGL.so.1,")


@pytest.mark.parametrize("platform", ["win32", "darwin"])
def test_windows_and_macos_bring_all_that_qt_needs(on, platform):
    on(platform)
    assert machine.complete("work", pytest.fail) == ""
