"""Journeys are made at a desk: a real window, a keyboard, a mouse, and a screen reader's ears."""

from tests.support.desk import desk as desk
from tests.support.desk import opened as opened
