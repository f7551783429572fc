"""Pictures of the library: read whole, only from inside it, within limits, and no larger than they are shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QImageReader

from knowledge.errors import KnowledgeError
from knowledge.paths import inside, library_folder
from knowledge.render import picture_path

if TYPE_CHECKING:
    from knowledge.library import Library

MOST_BYTES = 20 * 1024 * 1024
MOST_PIXELS = 40_000_000


def read_picture(library: Library, address: str, widest: int) -> QImage | None:
    """The picture that an address in rendered HTML names; None for whatever is not one of this library's."""
    path = picture_path(address)
    if path not in library.files:  # hosts, other schemes and ways out never come near the disk
        return None
    try:
        folder = library_folder(library.root)
        file = inside(folder, library.root.joinpath(*path.split("/")), path)
        if not file.is_file() or file.stat().st_size > MOST_BYTES:
            return None
    except (KnowledgeError, OSError):
        return None
    reader = QImageReader(str(file))
    size = reader.size()
    if not size.isValid() or size.width() * size.height() > MOST_PIXELS:
        return None
    if size.width() > widest:
        fitting = QSize(widest, max(1, size.height() * widest // size.width()))
        reader.setScaledSize(fitting)
    image = reader.read()
    if image.isNull():
        return None
    if image.width() > widest:
        return image.scaledToWidth(widest, Qt.TransformationMode.SmoothTransformation)
    return image
