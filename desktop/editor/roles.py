"""The roles that the library knows, offered where somebody says their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCompleter, QLineEdit

if TYPE_CHECKING:
    from desktop.session import Session


def offer_roles(field: QLineEdit, session: Session) -> None:
    """Owners and approvers of pages, as somebody types a part of one."""
    library = session.library
    pages = library.pages.values() if library is not None else ()
    roles = {role for page in pages for role in (page.owner, page.approved_by) if role}
    completer = QCompleter(sorted(roles, key=str.casefold), field)
    completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    completer.setFilterMode(Qt.MatchFlag.MatchContains)
    field.setCompleter(completer)
