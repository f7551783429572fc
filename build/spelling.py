"""Makes the list of British words for the spell check from a Hunspell dictionary: its .dic, its .aff and its licence.

python build/spelling.py FOLDER, the one with index.dic, index.aff and license of SCOWL's en_GB-ise (version 2020.12.07)
"""

import lzma
import re
import sys
from pathlib import Path

Rules = dict[str, list[tuple[bool, str, str, re.Pattern[str]]]]
TARGET = Path(__file__).parents[1] / "desktop" / "resources" / "spelling"


def affixes(text: str) -> tuple[Rules, dict[str, bool]]:
    """Rules by flag: whether a prefix, what goes, what comes, and what the word must look like there."""
    rules: Rules = {}
    crossed: dict[str, bool] = {}
    for line in text.splitlines():
        parts = line.split()
        if len(parts) == 4 and parts[0] in ("PFX", "SFX"):
            crossed[parts[1]] = parts[2] == "Y"
        elif len(parts) >= 5 and parts[0] in ("PFX", "SFX"):
            kind, flag, strip, add, fits = parts[:5]
            fits = f"^{fits}" if kind == "PFX" else f"{fits}$"
            strip, add = ("" if part == "0" else part for part in (strip, add.split("/")[0]))
            rules.setdefault(flag, []).append((kind == "PFX", strip, add, re.compile(fits)))
    return rules, crossed


def forms(word: str, flags: str, rules: Rules, crossed: dict[str, bool]) -> set[str]:
    """The word with each of its endings and beginnings."""
    found = {word}
    ended: list[tuple[str, bool]] = []
    for flag in flags:
        for before, strip, add, fits in rules.get(flag, ()):
            if not before and fits.search(word) and word.endswith(strip):
                made = word[: len(word) - len(strip)] + add
                found.add(made)
                ended.append((made, crossed[flag]))
    for flag in flags:
        for before, strip, add, fits in rules.get(flag, ()):
            if before and fits.search(word):
                found.add(add + word[len(strip) :])
                if crossed[flag]:
                    found.update(add + made[len(strip) :] for made, both in ended if both)
    return found


def main() -> None:
    folder = Path(sys.argv[1])
    rules, crossed = affixes((folder / "index.aff").read_text("utf-8"))
    words: set[str] = set()
    for line in (folder / "index.dic").read_text("utf-8").splitlines()[1:]:
        word, _, flags = line.partition("/")
        if word and not any(letter.isdigit() for letter in word) and "!" not in flags:
            words |= forms(word, flags, rules, crossed)
    # A word with 's is known with its word; the check takes that off by itself.
    words = {word for word in words if not (word.endswith("'s") and word[:-2] in words)}
    TARGET.mkdir(exist_ok=True)
    data = "\n".join(sorted(words)).encode()
    packed = lzma.compress(data, preset=9 | lzma.PRESET_EXTREME)
    (TARGET / "en_GB.txt.xz").write_bytes(packed)
    (TARGET / "LICENCE.txt").write_text((folder / "license").read_text("utf-8"), "utf-8")
    print(f"{len(words):,} words, {len(data):,} bytes, packed {len(packed):,}")


if __name__ == "__main__":
    main()
