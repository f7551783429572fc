"""Which colour roles a box has, on the screen, in files and in print; and the roles' colours outside the window."""

from __future__ import annotations

from drawing.diagram import Look

Palette = dict[str, str]

# Roles as in the design tokens.
LIGHT: Palette = {
    "graph": "#F6F6F3",
    "ink": "#1A2326",
    "ink_muted": "#4B575A",
    "line": "#DADDD9",
    "wire": "#66737A",
    "on_urgent": "#FFFFFF",
    "urgent": "#A61B1B",
    "urgent_tint": "#FBEBE9",
    "urgent_ink": "#8B1414",
    "q_fill": "#E9EFF7",
    "q_edge": "#3D5F8C",
    "a_fill": "#FFFFFF",
    "a_edge": "#66737A",
    "r_fill": "#F1EAF6",
    "r_edge": "#6A3F8C",
    "u_fill": "#A61B1B",
    "u_edge": "#6E0E0E",
    "e_fill": "#ECEDE9",
    "e_edge": "#4B575A",
}
PRINT: Palette = LIGHT | {
    "graph": "#FFFFFF",
    "wire": "#1A2326",
    "a_edge": "#1A2326",
    "q_fill": "#F3F6FA",
    "r_fill": "#F7F3FA",
    "e_fill": "#FFFFFF",
}

# look: fill, border, colour of the kind, of the other words
BOXES = {
    Look.START: ("e_fill", "e_edge", "ink_muted", "ink"),
    Look.QUESTION: ("q_fill", "q_edge", "q_edge", "ink"),
    Look.ACTION: ("a_fill", "a_edge", "ink_muted", "ink"),
    Look.REFERRAL: ("r_fill", "r_edge", "r_edge", "ink"),
    Look.URGENT: ("u_fill", "u_edge", "on_urgent", "on_urgent"),
    Look.END: ("e_fill", "e_edge", "ink_muted", "ink"),
    Look.OTHER: ("a_fill", "q_edge", "q_edge", "ink"),
    Look.OTHER_URGENT: ("urgent_tint", "urgent", "urgent_ink", "urgent_ink"),
    Look.CONNECTOR: ("a_fill", "ink", "ink", "ink"),
}


def stroke_of(look: Look) -> float:
    """How wide the border of a box is."""
    return 2.5 if look is Look.URGENT else 1.6
