"""Write drawing/advances.py: how wide each character of the shipped fonts is.

Run again when the fonts change: `python build/font_widths.py` (needs fonttools).
"""

from __future__ import annotations

from pathlib import Path

from fontTools.ttLib import TTFont

ROOT = Path(__file__).resolve().parent.parent
FONTS = ROOT / "desktop" / "resources" / "fonts"
WEIGHTS = {400: "Regular", 600: "SemiBold", 700: "Bold"}
HEAD = '''"""Widths of characters in thousandths of the size, written by build/font_widths.py."""

from __future__ import annotations

# weight -> runs of (first code point, widths in hexadecimal, three digits each)
RUNS: dict[int, tuple[tuple[int, str], ...]] = {
'''


def runs(font: TTFont) -> list[tuple[int, list[int]]]:
    """The widths of all characters, neighbours together."""
    widths = font["hmtx"]
    scale = 1000 / font["head"].unitsPerEm
    found: list[tuple[int, list[int]]] = []
    for code, glyph in sorted(font.getBestCmap().items()):
        width = round(widths[glyph][0] * scale)
        if found and found[-1][0] + len(found[-1][1]) == code:
            found[-1][1].append(width)
        else:
            found.append((code, [width]))
    return found


def literal(code: int, widths: list[int]) -> list[str]:
    digits = "".join(f"{width:03x}" for width in widths)
    pieces = [digits[i : i + 81] for i in range(0, len(digits), 81)]
    if len(pieces) == 1:
        return [f'        (0x{code:04X}, "{pieces[0]}"),']
    lines = ["        (", f"            0x{code:04X},"]
    lines += [f'            "{piece}"' for piece in pieces]
    lines[-1] += ","
    return [*lines, "        ),"]


def main() -> None:
    lines = [HEAD.rstrip("\n")]
    for weight, name in WEIGHTS.items():
        lines.append(f"    {weight}: (")
        for code, widths in runs(TTFont(FONTS / f"AtkinsonHyperlegibleNext-{name}.ttf")):
            lines += literal(code, widths)
        lines.append("    ),")
    lines.append("}")
    (ROOT / "drawing" / "advances.py").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
