"""Hostile pages: nothing active, remote or outside the library comes through the renderer, however it is wrapped."""

from __future__ import annotations

import re
from urllib.parse import unquote

import pytest

from knowledge.render import Options, Renderer, picture_path, read_target
from knowledge.rendering.targets import Lead
from knowledge.source import read_page
from tests.support.outline import outline

ALLOWED_TAGS = frozenset(
    "a abbr b blockquote br cite code dd del details div dl dt em figcaption figure h1 h2 h3 h4 h5 h6 hr i img ins "
    "kbd li ol p pre q s samp small span strong sub summary sup table tbody td tfoot th thead tr u ul var wbr".split()
)
ALLOWED_ATTRIBUTES = frozenset(
    "align alt border cellpadding cellspacing class colspan height href id rowspan src start title width".split()
)
ADDRESS = re.compile(
    r"(page:[\w./%~-]+(#[^\s\"'<>]*)?|term:\S+|#\S*|https?://[a-z0-9.:-]+([/?#]\S*)?|mailto:\S+|tel:\S+)\Z",
    re.I,
)

ATTACKS = [
    # what runs
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<script\n>alert(1)</script\n>",
    "<img src=x onerror=alert(1)>",
    "<img src=x onerror=alert(1)//",
    "<img/src='x'/onerror='alert(1)'>",
    '<img """><script>alert(1)</script>">',
    "<svg onload=alert(1)></svg>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><animate onbegin=alert(1) attributeName=x></svg>",
    "<svg><a xlink:href='javascript:alert(1)'><text>x</text></a></svg>",
    "<svg><use href='data:image/svg+xml,<svg onload=alert(1)>'/></svg>",
    "<math><mi xlink:href='javascript:alert(1)'>x</mi></math>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></mglyph></table></mtext></math>",
    "<body onload=alert(1)>",
    "<details open ontoggle=alert(1)>x</details>",
    "<b onmouseover=alert(1)>x</b>",
    "<p style='background:url(javascript:alert(1))'>x</p>",
    "<div style='position:fixed;top:0;width:100%'>x</div>",
    "<style>@import 'https://evil.example/x.css';</style>",
    "<style><!--</style><img src=x onerror=alert(1)>-->",
    "<link rel=stylesheet href=https://evil.example/x.css>",
    "<meta http-equiv=refresh content='0;url=https://evil.example/'>",
    "<base href='https://evil.example/'>",
    "<iframe src='https://evil.example/'></iframe>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data='https://evil.example/x.swf'></object>",
    "<embed src='file:///etc/passwd'>",
    "<applet code=Evil></applet>",
    "<form action='https://evil.example/'><input name=a autofocus onfocus=alert(1)></form>",
    "<form><button formaction='javascript:alert(1)'>x</button></form>",
    "<video src='https://evil.example/x.mp4' onerror=alert(1)><source onerror=alert(1)></video>",
    "<audio src='//evil.example/x.mp3' autoplay></audio>",
    "<template><script>alert(1)</script></template>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
    "<textarea><img src=x onerror=alert(1)></textarea>",
    "<xmp><script>alert(1)</script></xmp>",
    "<plaintext><script>alert(1)</script>",
    "<marquee onstart=alert(1)>x</marquee>",
    "<!--><img src=x onerror=alert(1)>-->",
    "<!-- --!><img src=x onerror=alert(1)>",
    "<?xml-stylesheet href='javascript:alert(1)'?>",
    "<![CDATA[<img src=x onerror=alert(1)>]]>",
    "<x onclick=alert(1)>x</x>",
    # addresses that run
    "<a href='javascript:alert(1)'>x</a>",
    "<a href='jav&#x09;ascript:alert(1)'>x</a>",
    "<a href='&#106;avascript&colon;alert(1)'>x</a>",
    "<a href=' \x01javascript:alert(1)'>x</a>",
    "<a href='vbscript:msgbox(1)'>x</a>",
    "<a href='data:text/html;base64,PHNjcmlwdD4='>x</a>",
    "<a href='search-ms:query=x&crumb=location:\\\\evil.example\\s'>x</a>",
    "<a href='page:../../../etc/passwd'>x</a>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](<java\tscript:alert(1)>)",
    "[x](javascript&#58;alert(1))",
    "[x](javascript&colon;alert(1))",
    "[x](java%73cript:alert(1))",
    "[x](\\javascript:alert(1))",
    "[x](data:text/html,<script>alert(1)</script>)",
    "[x](vbscript:msgbox(1))",
    "[x](ms-msdt:/id)",
    "<javascript:alert(1)>",
    "[x]: javascript:alert(1)\n\n[x]",
    '[x](https://ok.example/"onmouseover="alert(1))',
    "[x](https://ok.example/ \"t' onmouseover=alert(1) x='\")",
    "[a](https://ok.example/`onclick=alert(1)`)",
    "[<img src=x onerror=alert(1)>](a.md)",
    "![x\" onerror=\"alert(1)](a.png)",
    "![x](a.png\" onerror=\"alert(1))",
    # what would be fetched, or stands outside the library
    "![x](https://evil.example/pixel.png)",
    "![x](//evil.example/pixel.png)",
    "![x](\\\\evil.example\\share\\pixel.png)",
    "![x](file:///etc/passwd.png)",
    "![x](../../../../etc/secret.png)",
    "![x](..%2f..%2f..%2fsecret.png)",
    "![x](%2e%2e/%2e%2e/%2e%2e/secret.png)",
    "![x](/etc/secret.png)",
    "![x](C:\\Windows\\secret.png)",
    "![x](C:/Windows/secret.png)",
    "![x](evil.svg)",
    "![x](data:image/png;base64,iVBORw0KGgo=)",
    "![x](media:../../secret.png)",
    "![x](a.png%00.svg)",
    "<img src='https://evil.example/pixel.png'>",
    "<img src='media:../../secret.png'>",
    "<img srcset='https://evil.example/pixel.png 1x'>",
    "<table background='https://evil.example/pixel.png'><tr><td background='//evil.example/x'>x</td></tr></table>",
    "<body background='//evil.example/x.png'>x</body>",
    "[x](file:///etc/passwd)",
    "[x](//evil.example/share)",
    "[x](\\\\evil.example\\share)",
    "[x](/\\evil.example)",
    "[x](https:\\\\evil.example)",
    "[x](https://good.example@evil.example/)",
    "[x](https:evil.example)",
    "[x](../../../etc/passwd)",
    "[x](../../../etc/passwd.md)",
    "[x](page:../../../etc/passwd.md)",
    "[x](mailto:a@b.example?cc=c@d.example&body=x)",
    "[x](tel:*21*0900123456%23)",
    # breaking out of what we build
    "</td></tr></table></div><h1>fake</h1>",
    "\x02wzxhzdk:0\x03 \x02fp0\x03 \x02klzzwxh:0000\x03 \x0260\x03script>",
    "`</code></pre><script>alert(1)</script>`",
    "| a |\n|---|\n| <script>alert(1)</script> ![x](//evil.example/x.png) |",
    "[^<img src=x onerror=alert(1)>]",
    "## x {#\"><script>alert(1)</script>}",
    '## x {#a"onclick="alert(1)}',
    "Term\n: <img src=x onerror=alert(1)>",
    "> [!URGENT] <script>alert(1)</script>",
]  # fmt: skip

WRAPPINGS = {
    "alone": "{}",
    "behind words": "words {} words",
    "in emphasis": "**{}**",
    "in a heading": "## A {}",
    "in a list": "- one\n- {}\n  - two",
    "in a quote": "> {}",
    "in a call-out": "> [!NOTE]\n> {}",
    "in a table": "| a | b |\n|---|---|\n| {} | c |",
    "in a link": "[{}](other.md)",
    "in a picture": "![{}](a.png)",
    "in HTML": "<div>\n{}\n</div>",
    "in a way on": "## Step\n\n- {} → [Next](#next)\n\n## Next",
    "in a footnote": "Said.[^n]\n\n[^n]: {}",
    "in a tag": "<div title=\"{}\">x</div>",
}  # fmt: skip
HEAD = "---\ntitle: Hostile\nkind: pathway\nsources:\n  - {key: S1, title: One}\n---\n"


def harmful(name, value):
    """Whether an attribute may never stand in a page."""
    if name not in ALLOWED_ATTRIBUTES:
        return True
    if name == "href":
        strange = not ADDRESS.match(value) or read_target(value).lead is Lead.NOWHERE
        return strange or ("evil" in value and "ok.example" not in value)
    if name == "src":
        inside = bool(picture_path(value)) and ".." not in unquote(value).split("/")
        return not inside and not value.startswith("icon:")
    return False


def survivors(html):
    """All that a page may never hold."""
    found = outline(html)
    bad = [f"<{tag}>" for tag, _ in found.tags if tag not in ALLOWED_TAGS]
    bad += ["a comment"] * found.comments
    return bad + [
        f"{tag} {name}={value}"
        for tag, attributes in found.tags
        for name, value in attributes.items()
        if harmful(name, value or "")
    ]


def wrapped(pattern, attack):
    lines = attack.split("\n")
    mark = "> " if pattern.lstrip().startswith(">") else "  " if pattern.startswith("- ") else ""
    return pattern.replace("{}", f"\n{mark}".join(lines))


@pytest.mark.parametrize("wrapping", WRAPPINGS)
def test_no_attack_passes(wrapping):
    renderer = Renderer(keep=1)
    passed = []
    for attack in ATTACKS:
        page = read_page("pathways/x.md", (HEAD + wrapped(WRAPPINGS[wrapping], attack)).encode())
        options = Options(ways=True, trainer=True, icons=True, hits=("alert", "x"))
        html = renderer.page(page, options) + "".join(
            renderer.heading(page, s) + renderer.section(page, s) for s in page.sections
        )
        html += renderer.words(page, attack)
        found = outline(html)
        passed += [(attack, bad) for bad in survivors(html)]
        if found.unbalanced:
            passed.append((attack, f"unbalanced {found.unbalanced}"))
    assert passed == []


def test_there_are_at_least_six_hundred_attacks():
    assert len(ATTACKS) == len(set(ATTACKS))
    assert len(ATTACKS) * len(WRAPPINGS) >= 600


def test_hostile_front_matter_does_no_harm():
    page = read_page(
        "x.md",
        b"""---
title: "<script>alert(1)</script>"
sources:
  - {key: "a\\"><img src=x onerror=alert(1)>", title: "<script>1</script>", link: "javascript:alert(1)"}
  - {key: b, title: "<img src=//evil.example/x>", link: "//evil.example", where: "</ul><h1>x", strength: unchecked}
---
Fact [^b] and [^a"><img src=x onerror=alert(1)>]
""",
    )
    html = Renderer().page(page)
    assert survivors(html) == []
    assert outline(html).unbalanced == []


def test_an_attack_that_did_pass_would_be_seen():
    assert survivors("<img src='https://evil.example/x.png'>")
    assert survivors("<a href='javascript:alert(1)'>x</a>")
    assert survivors("<p onclick='x()'>x</p>")
    assert survivors("<script>x</script>")
    assert not survivors('<p class="x"><a href="page:a/b.md#c">x</a></p>')


@pytest.mark.parametrize(
    "address",
    ["page:../x.md", "page:/etc/x.md", "page:a/../../x.md", "page:C:/x.md", "page:", "page:a%2f..%2f..%2fx.md",
     "page:%5c%5chost%5cx.md", "page:a%00.md", "file:///x", "media:a.png", "icon:x", "javascript:x", "", "x.md"],
)  # fmt: skip
def test_the_router_is_told_of_no_address_outside_the_library(address):
    assert read_target(address).lead is Lead.NOWHERE


@pytest.mark.parametrize(
    "address",
    ["media:../a.png", "media:/a.png", "media:a.svg", "media:%2e%2e/a.png", "media:c:/a.png", "media:a%5cb.png",
     "file:///a.png", "a.png", "https://x/a.png", "media:a/../../b.png", "media:a.png%00", "media:"],
)  # fmt: skip
def test_no_picture_outside_the_library_has_a_path(address):
    assert picture_path(address) == ""
