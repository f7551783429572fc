"""Settings: kept between starts, never in the way of a start, nothing of a newer version lost."""

import json
from concurrent.futures import ThreadPoolExecutor

import pytest

from desktop.settings import SETTINGS, Settings


def test_what_is_set_is_there_at_the_next_start(tmp_path, qtbot):
    first = Settings(tmp_path)
    with qtbot.waitSignal(first.changed) as told:
        first.set("scale", 1.5)
    assert told.args == ["scale"]
    assert Settings(tmp_path).get("scale") == 1.5


def test_every_setting_can_be_put_back_as_it_was(tmp_path, qtbot):
    settings = Settings(tmp_path)
    settings.set("theme", "dark")
    settings.reset("theme")
    assert settings.get("theme") == SETTINGS["theme"].default


def test_every_default_is_one_the_setting_takes(tmp_path, qtbot):
    settings = Settings(tmp_path)
    for name, setting in SETTINGS.items():
        assert settings._fits(setting, setting.default), name


@pytest.mark.parametrize(
    "found", [b"", b"{", b"[]", b"null", b"\xff\xfe", b'{"scale": "large", "theme": 3}']
)
def test_settings_that_cannot_be_read_leave_the_usual_ones(tmp_path, qtbot, found):
    (tmp_path / "settings.json").write_bytes(found)
    settings = Settings(tmp_path)
    assert settings.get("scale") == 1.0
    assert settings.get("theme") == "system"
    settings.set("scale", 2.0)
    assert Settings(tmp_path).get("scale") == 2.0


def test_what_a_newer_version_wrote_is_kept(tmp_path, qtbot):
    (tmp_path / "settings.json").write_text('{"from_the_future": [1, 2], "scale": 1.3}', "utf-8")
    Settings(tmp_path).set("theme", "dark")
    found = json.loads((tmp_path / "settings.json").read_text("utf-8"))
    assert found["from_the_future"] == [1, 2]
    assert found["scale"] == 1.3


def test_a_value_that_makes_no_sense_is_refused(tmp_path, qtbot):
    with pytest.raises(ValueError, match="theme does not take"):
        Settings(tmp_path).set("theme", "pink")


def test_a_folder_that_cannot_be_written_to_is_said_and_does_not_stop_anybody(tmp_path, qtbot):
    (tmp_path / "file").write_text("in the way")
    settings = Settings(tmp_path / "file")
    settings.set("scale", 2.0)
    assert settings.get("scale") == 2.0
    assert "could not be kept" in settings.trouble


def test_what_was_set_without_saving_waits_for_the_next_save_and_is_then_in_it(tmp_path, qtbot):
    settings = Settings(tmp_path)
    settings.set("scale", 1.5)
    settings.set("recent", ["pages/sleep.md"], save=False)
    assert settings.unsaved
    assert Settings(tmp_path).get("recent") == []
    settings.save()
    assert not settings.unsaved
    assert Settings(tmp_path).get("recent") == ["pages/sleep.md"]


def test_saves_from_several_threads_leave_the_newest(tmp_path, qtbot):
    settings = Settings(tmp_path)
    with ThreadPoolExecutor(4) as pool:
        for number in range(40):
            settings.set("recent", [f"pages/page{number}.md"], save=False)
            pool.submit(settings.save)
    assert Settings(tmp_path).get("recent") == ["pages/page39.md"]
