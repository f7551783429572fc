"""One file to one page: read as far as it can be read, every problem attached, nothing raised."""

from __future__ import annotations

from posixpath import basename, splitext

from knowledge.files import digest as digest_of
from knowledge.front import contact_of, read_front
from knowledge.model import Encoding, Kind, Page, Section, Span
from knowledge.report import Report
from knowledge.scan import scan
from knowledge.sections import SectionReader
from knowledge.shape import read_shape
from knowledge.stops import read_stops
from knowledge.text import Lines, decode

MAX_BYTES = 2 * 1024 * 1024
_FOLDERS = {
    "pathways": Kind.PATHWAY,
    "thresholds": Kind.THRESHOLD,
    "casestudies": Kind.CASESTUDY,
    "services": Kind.SERVICE,
    "sessions": Kind.SESSION,
}


def read_page(path: str, data: bytes) -> Page:
    """The page in these bytes. `path` is where it stands in the library, with forward slashes."""
    decoded = decode(data)
    text = decoded.text
    report = Report(path, Lines(text))
    if decoded.doubt == "binary":
        report.error(
            "not-text", 0, "This file is not text", "Remove it, or save it again as a text file"
        )
        return _bare(path, "", digest_of(data), decoded.encoding, report)
    if decoded.doubt:
        name = {"cp1252": "Windows-1252", "latin-1": "Latin-1"}.get(decoded.encoding.name, "UTF-16")
        report.warn(
            "encoding",
            0,
            f"This file is written in {name}, so accents and dashes may show wrongly elsewhere",
            "Save it as UTF-8",
        )
    if len(data) > MAX_BYTES:
        message = "This page is larger than 2 MB, so it is shown as plain text"
        report.error("too-large", 0, message, "Split it into several pages")
        return _bare(path, text, digest_of(data), decoded.encoding, report)
    if not text.strip():
        report.warn("empty", 0, "This page is empty", "Write it, or delete it")
    return _read(path, text, digest_of(data), decoded.encoding, report)


def unshown_page(path: str) -> Page:
    """The page of a file too large to be read at all."""
    report = Report(path, Lines(""))
    message = "This file is far too large for a page, so nothing of it is shown"
    report.error("too-large", 0, message, "Split it into pages of at most 2 MB")
    return _bare(path, "", "", Encoding(), report)


def _read(path: str, text: str, digest: str, encoding: Encoding, report: Report) -> Page:
    front = read_front(text, report)
    kind = front.values.get("kind") or kind_of_folder(path)
    blocks = scan(text, front.body, report.lines.number(front.body) if front.body else 1)
    ours = kind is Kind.PATHWAY or front.span is not None
    reader = SectionReader(path, text, blocks, kind is Kind.PATHWAY, ours, report)
    headings, sections = reader.read(front.body)
    read_shape(text, blocks, kind, ours, report)
    values = dict(front.values)
    first = headings[0].title if headings and headings[0].level == 1 else ""
    stem = splitext(basename(path))[0]
    values["kind"] = kind
    values["title"] = (
        values.get("title") or first or stem.replace("-", " ").replace("_", " ").strip() or path
    )
    values["id"] = values.get("id") or stem
    if kind is Kind.SERVICE or front.contact:
        values["contact"] = contact_of(front)
    if kind is Kind.SESSION:
        values["stops"] = read_stops(text, blocks, reader.link, reader.note)
    report.problems.sort(key=lambda p: p.line)
    return Page(
        path=path,
        text=text,
        digest=digest,
        encoding=encoding,
        fields=tuple(front.fields),
        front=front.span,
        extra=tuple(front.extra),
        headings=tuple(headings),
        sections=tuple(sections),
        problems=tuple(report.problems),
        **values,
    )


def _bare(path: str, text: str, digest: str, encoding: Encoding, report: Report) -> Page:
    """A page that is shown as it is, or not at all."""
    whole = Span(0, len(text))
    here = Span(0, 0)
    stem = splitext(basename(path))[0]
    return Page(
        path=path,
        id=stem,
        title=stem,
        kind=kind_of_folder(path),
        text=text,
        digest=digest,
        encoding=encoding,
        sections=(Section("", "", 0, 1, whole, here, here, whole),),
        problems=tuple(report.problems),
        readable=False,
    )


def kind_of_folder(path: str) -> Kind:
    """What sort of page the folder of a file says it is."""
    folders = path.split("/")[:-1]
    return next((_FOLDERS[f] for f in reversed(folders) if f in _FOLDERS), Kind.PAGE)
