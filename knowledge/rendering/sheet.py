"""The style sheet of rendered pages: classes to colours and sizes, in the few rules that the article view knows."""

from __future__ import annotations

from collections.abc import Callable, Mapping

_SIZES = {"article": 16.0, "small": 13.0}


def style_sheet(
    colours: Mapping[str, str],
    sizes: Mapping[str, float] | None = None,
    scale: float = 1.0,
    family: str = "",
    unit: str = "px",
) -> str:
    """The CSS for a table of colour roles and sizes, as in the design tokens.

    `scale` is the reader's text size; `unit` is "pt" for print. Where boxes have no tint of their own, as in high
    contrast, whole frames and thicker lines take its place.
    """
    size = {**_SIZES, **(sizes or {})}

    def font(role: str) -> str:
        return f"font-size: {round(size[role] * scale, 1):g}{unit};"

    def space(amount: float) -> str:
        return f"{max(1, round(amount * scale))}px"

    roles = _Roles(colours)
    line = 2 if colours.get("urgent_tint") == colours.get("surface") else 1
    rules = [
        f"body {{ {font('article')} color: {roles['ink']}; {_family(family)} }}",
        f"p {{ margin: 0 0 {space(10)} 0; }}",
        f"li {{ margin: 0 0 {space(4)} 0; }}",
        # The view ignores a heading's size in pixels: these words are 1.2 and 1.0 times the document's font.
        f"h1, h2 {{ font-size: large; font-weight: 700; color: {roles['ink']}; "
        f"margin: {space(20)} 0 {space(8)} 0; }}",
        f"h3, h4, h5, h6 {{ font-size: medium; font-weight: 700; color: {roles['ink']}; "
        f"margin: {space(16)} 0 {space(6)} 0; }}",
        f"a {{ color: {roles['link']}; text-decoration: underline; }}",
        f"a.source {{ {font('small')} color: {roles['ink_muted']}; text-decoration: none; }}",
        f"a.term {{ color: {roles['ink']}; text-decoration: underline; }}",
        f"a.check {{ {font('small')} font-weight: 600; color: {roles['warn_ink']}; "
        f"background-color: {roles['warn_tint']}; text-decoration: none; }}",
        f".source-missing {{ {font('small')} color: {roles['ink_muted']}; }}",
        f".leads-outside, .caption, .step-line, .note-text, .strength "
        f"{{ {font('small')} color: {roles['ink_muted']}; }}",
        f".note-key {{ {font('small')} color: {roles['ink_muted']}; }}",
        f".no-picture {{ color: {roles['ink_muted']}; }}",
        f".hit {{ background-color: {roles['hit']}; color: {roles['hit_ink']}; "
        f"font-weight: 700; text-decoration: underline; }}",
        f"pre, code {{ background-color: {roles['sunken']}; white-space: pre-wrap; }}",
        "dt { font-weight: 700; }",
        *_tables(roles, space, line),
    ]
    return "\n".join(rules)


def _tables(roles: _Roles, space: Callable[[float], str], line: int) -> list[str]:
    """Grids, and the boxes of call-outs and quotes, which are tables of one cell."""
    bar = 5 if line == 1 else 8
    boxes = {
        "urgent": ("urgent_tint", "urgent_ink", "urgent"),
        "local": ("warn_tint", "warn_ink", "warn"),
        "trainer": ("sunken", "ink", "accent"),
        "note": ("accent_tint", "ink", "accent"),
    }
    rules = [
        f"table {{ margin: {space(6)} 0 {space(12)} 0; }}",
        f"table.grid, table.ladder {{ border-collapse: collapse; border-color: {roles['edge']}; "
        f"border-style: solid; border-width: {line}px; }}",
        f"table.grid td, table.grid th, table.ladder td, table.ladder th {{ border: {line}px solid {roles['edge']}; "
        f"padding: {space(6)}; vertical-align: top; }}",
        f"th {{ background-color: {roles['sunken']}; color: {roles['ink']}; font-weight: 700; text-align: left; }}",
    ]
    for name, (ground, ink, edge) in boxes.items():
        rules += [
            f"td.{name} {{ background-color: {roles[ground]}; border-left: {bar}px solid {roles[edge]}; "
            f"{_frame(roles[edge], line)} padding: {space(10)}; color: {roles['ink']}; }}",
            f"table.{name} p.callout-word {{ color: {roles[ink]}; }}",
        ]
    rules.append(
        f"td.quote {{ border-left: {bar}px solid {roles['edge']}; padding: {space(8)}; color: {roles['ink']}; }}"
    )
    return rules


def _frame(colour: str, line: int) -> str:
    """Where tints are not to be told apart, a whole frame says that this is a box."""
    if line == 1:
        return ""
    return " ".join(
        f"border-{side}: {line}px solid {colour};" for side in ("top", "right", "bottom")
    )


def _family(family: str) -> str:
    return f"font-family: '{family}';" if family else ""


class _Roles:
    """Colours by their role; black, where a table lacks one, so that nothing goes missing."""

    def __init__(self, colours: Mapping[str, str]) -> None:
        self.colours = colours

    def __getitem__(self, role: str) -> str:
        return self.colours.get(role) or (
            "#FFFFFF" if "tint" in role or role == "sunken" else "#000000"
        )
