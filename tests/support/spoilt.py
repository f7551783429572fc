"""Documents as bad as they come: made from a seed, so that any of them can be made again."""

import random

HEADS = [
    "## {w}", "## {w} {{#{a}}}", "## {w} {{#{a} .question}}", "## {w} {{.urgent timeframe=\"within {n} hours\"}}",
    "## {w} ##", "## {w} {{: #{a} .action lane='Health visitor' }}", "##\t{w}", "{w}\n---", "{w}\n{w} {{#{a}}}\n------",
    "   ## {w}   ", "## {w} {{.end}} ##", "## {w} {{weird}}", "## {w} {{#{a} .questoin lane=“GP”}}", "##", "## {{#{a}}}",
    "## {w} {{}}", "## {w} \\#", "## {w} → {w}", "## **{w}** `{w}`", "## {w} [^P7]", "# {w}", "{w}\n===", "### {w}",
    "#### {w} [{w}](#{a})", "## {w} | {w}", "##### {w} #", "> ## {w}", "- ## {w}", "#{w}", "## Start", "## Start",
]  # fmt: skip
WAYS = [
    "- {w} → [{w}](#{a})", "- {w} -> [{w}](other.md#{a})", "* {w} → [{w}](../services/x.md)", "- → [{w}](#{a})",
    "1. {w} → [{w}](#{a})", "2) {w} --> [{w}](<{a}.md>)", "-\t{w} → [{w}](#{a})", "- **{w}**: → [{w}](#{a}) [^P7].",
    "- {w}\n  {w} → [{w}](#{a})", "- {w} → [{w}](#{a})\n\n  {w}", "- {w} → [{w}](#{a} \"{w}\")", "+ `→` {w} → [{w}](#{a})",
    "  - {w} → [{w}](#{a})", "- {w} → {w} → [{w}](a%20b.md#{a})", "- {w} → [{w}](#{a}) {w}", "-   {w} → [{w}](#{a})",
    "10. {w} → [{w}](https://example.org/a_(b))", "- {w} [{w}](#{a}) → [{w}](#{a})\n", "- {w} → <https://example.org/{a}>",
    "- {w} →\n  [{w}](#{a})", "- {w} → [{w}](#{a})\nlazy {w}", "-\n  {w} → [{w}](#{a})", "\n- {w} → [`{w}`](#{a})\n",
    "- {w} → [{w}](#{a})\n  - {w} → [{w}](#{a})", "- {w} → [{w}](#{a})\n      code → [x](#y)", "- {w} ⇒ [{w}](#{a})",
]  # fmt: skip
BLOCKS = [
    "{w} {w} [{w}](#{a}) {w}.", "{w} [^P7] {w}", "{w}\n{w}", "```\n## not a heading\n- no → [way](#x)\n```", "```\n## {w}",
    "~~~ {w}\n- {w} → [{w}](#{a})\n~~~", "    ## {w}\n    code", "\tcode → [x](#y)", "<div>\n## {w}\n</div>", "<!-- {w}",
    "<!-- {w} -->", "<b>{w}</b> {w}", "> [!URGENT]\n> {w} [{w}](#{a})", "> [!note] {w}\n{w}", "> {w}\n> - {w} → [{w}](#{a})",
    "| {w} | {w} |\n|---|---|\n| {w} | {w} |\n| {w} | |", "{w} | {w}\n--- | ---\n{w} | {w}", "|Level|{w}|\n|:-|-:|\n|1\\|2|",
    "| {w} |\n|---|\n| [{w}](#{a}) |\n| {w} [^P7] |", "---", "***", "- {w}\n- {w}", "1. {w}\n2. {w}", "{w}\n1. {w}", "{w}\n3. {w}",
    "- [{w}](#{a}) (5 min, covered)", "1. [{w}](#{a}) (10 min)\n\n   Ask: {w}", "![{w}](../media/{a}.png)", "", "", " ", "\t",
    "{w} `[{w}](#{a})` {w}", "[{w}][{a}]\n\n[{a}]: #{a}", "\\[{w}](#{a})", "{w}  \n{w}", "`````", "[![{w}](x.png)](#{a})",
    "{w}\n    {w}", "-\n\n  {w}", "<https://example.org>", "<script>\n{w}\n", "<?php {w}", "&amp; {w}", "1986\\. {w}", "10) {w}",
]  # fmt: skip
TABLES = [b for b in BLOCKS if "|" in b]
WORDS = (
    "Yes No Start mood baby step urgent café naïve → £20 don’t [x] a_b *very* `code` \\ C# {brace} 0–6 … née 1. - + # > | ~~ : "
    "“quoted” <18 &lt; \u00a0 éà ticked self-harm weeks two-questions 日本 😀 ] ) ( [ !"
).split(" ")
LATIN = [w for w in WORDS if not w or max(map(ord, w)) < 256]
ANCHORS = "start yes no a b mood two-questions step café start-1 section urgent x".split()
FRONTS = [
    "", "", "---\n---\n", "---\nid: a\ntitle: {w}\n---\n", "---\ntitle: \"{w}\" # {a}\nsummary: '{a}'\nkind: pathway\n---\n",
    "---\nid: b # keep\ntopics: [\"{a}\", {a} ]\nlevels:\n- {a}\n- \"{a}\"\nreview_by: 2027-05-21\n---\n\n",
    "---\nkind: pathway\nconcerns:\n  - {a} one # why\n  - '{a}'\n\n  - \"{a}: two\"\nrelated:\nowner:\n---\n",
    "---\nsources:\n  - key: P7\n    title: \"{a}\"\n    year: 2020\n    strength: seen\n  - key: S1\n    strength: local\nversion: '1'\n---\n",
    "---\nsources: [{{key: P7, title: \"{a}\"}}, {{key: S1, year: 2001}}]\ntopics: [\n  {a},\n  x\n]\n---\n",
    "---\nid: s\nkind: service\nphone: \"\"\nhours:\n  - {{days: Mon-Fri, open: \"09:00\", close: \"17:00\"}}\nout_of_hours: see [x](x.md)\n...\n",
    "---\nsummary: >\n  {a}\n  more\nfor: |\n  {a}\nunknown: {{x: [1, 2]}}\ntitle: {a}\n---\n", "---\ntitle: [broken\nid: x\n---\n",
    "---\n{{id: f, title: \"{a}\", topics: [a, b]}}\n---\n", "---\ntitle: never closed\n", "---\n  id: in\n  title: {a}\n  topics:\n    - x\n---\n",
    "---\ntitle: {a}\ntitle: twice\nsources:\n- P7\n- key: S1\n---\n", "---\n# only a comment\n---\n", "---\n\n\nkind: threshold\n\n---\n",
]  # fmt: skip


def words(rng, pool=WORDS):
    return " ".join(rng.choice(pool) for _ in range(rng.choice((1, 1, 2, 3))))


def filled(rng, pattern, pool):
    text = pattern
    while "{w}" in text:
        text = text.replace("{w}", words(rng, pool).replace("{w}", ""), 1)
    while "{a}" in text:
        text = text.replace("{a}", rng.choice(ANCHORS), 1)
    return text.replace("{n}", str(rng.randrange(9))).replace("{{", "{").replace("}}", "}")


def text_of(rng):
    """A page without its encoding: the worst of Markdown in random order."""
    pool = LATIN if rng.random() < 0.15 else WORDS
    tame = rng.random() < 0.3  # some are what people really write, so that every edit gets its turn
    parts = [filled(rng, rng.choice(FRONTS), pool)]
    for _ in range(rng.choice((2, 3, 4, 6, 9))):
        kind = rng.random() if len(parts) > 1 else 0
        source = HEADS if kind < 0.3 else WAYS if kind < 0.7 else TABLES if kind > 0.93 else BLOCKS
        piece = filled(rng, rng.choice(source[: 8 if tame else None]), pool)
        if not tame and rng.random() < 0.06:
            piece = rng.choice((" ", "  ", "   ", "    ", "> ", "- ", "\t")) + piece
        parts.append(piece + rng.choice(("\n", "\n\n", "\n\n", "\n\n\n" if not tame else "\n\n")))
    text = "".join(parts)
    return text.rstrip("\n") if rng.random() < 0.2 else text


def document(rng):
    """The bytes of a page: line endings, marks and encodings as they are met, or worse."""
    text = text_of(rng)
    ending = rng.random()
    if ending < 0.2:
        text = text.replace("\n", "\r\n")
    elif ending < 0.3:
        text = text.replace("\n", "\r")
    elif ending < 0.42:
        text = "".join(rng.choice(("\n", "\r\n", "\r")) if c == "\n" else c for c in text)
    coding = rng.random()
    if coding < 0.15:
        return b"\xef\xbb\xbf" + text.encode()
    if coding < 0.35:
        return text.encode("cp1252", "ignore")
    if coding < 0.38:
        return b"\xff\xfe" + text.encode("utf-16-le")
    if coding < 0.4:
        return text.encode("latin-1", "ignore") + b"\x81\xe9"
    return text.encode()


def mutated(rng, data):
    """Bytes that no program would write: cut, doubled, overwritten, thrown together."""
    data = bytearray(data)
    for _ in range(rng.choice((1, 1, 2, 5, 20))):
        at = rng.randrange(len(data) + 1)
        match rng.randrange(6):
            case 0:
                data[at : at + rng.randrange(9)] = b""
            case 1:
                data[at:at] = bytes(rng.randrange(256) for _ in range(rng.randrange(1, 5)))
            case 2:
                data[at:at] = rng.choice(
                    (b"`", b"[", b"](", b"> ", b"- ", b"{", b"---\n", b"\t")
                ) * rng.choice((1, 3, 40))
            case 3:
                end = at + rng.randrange(60)
                data[at:at] = data[at:end]
            case 4:
                data[at : at + 1] = rng.choice(
                    (b"\r", b"\n", b"\0", b"\xff", b"\x85", b"\xe2\x80\xa8")
                )
            case _:
                del data[at:]
    return bytes(data)


def seeded(seed):
    return random.Random(seed)
