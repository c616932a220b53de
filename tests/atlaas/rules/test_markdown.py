import re

import pytest

from atlaas.rules.markdown import html_of, plain

OWN = "/fiches/0f0f0f0f-0000-4000-8000-000000000001/pieces/0f0f0f0f-0000-4000-8000-000000000002/"
HOSTILE = [
    "<script>alert(1)</script>",
    "<ScRiPt src=//mal.test/x.js></sCrIpT>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)><script>alert(1)</script></svg>",
    "<svg><a xlink:href='javascript:alert(1)'>x</a></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<a href='javascript:alert(1)' onclick='alert(1)'>x</a>",
    "<form action=//mal.test><input autofocus onfocus=alert(1)>",
    "<style>@import '//mal.test'</style>",
    "<base href='//mal.test/'><meta http-equiv=refresh content='0;url=//mal.test'>",
    "<<script>script>alert(1)<</script>/script>",
    "<scr\x00ipt>alert(1)</script>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java\tscript:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](javascript&colon;alert(1))",
    "[x](\x01javascript:alert(1))",
    "[x](<javascript:alert(1)>)",
    "[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
    "[x](vbscript:msgbox(1))",
    "[x](file:///etc/passwd)",
    "[x][r]\n\n[r]: javascript:alert(1)",
    "<javascript:alert(1)>",
    "<data:text/html,x>",
    "![x](javascript:alert(1))",
    "![x](data:image/svg+xml;base64,PHN2Zy8+)",
    "![x](https://mal.test/pixel.png)",
    "![x](//mal.test/pixel.png)",
    f"![x]({OWN}../../../admin/)",
    f"![x](https://mal.test{OWN})",
    '![x" onerror="alert(1)](/x)',
    '[x](https://a.test "t\\" onmouseover=alert(1)")',
    "`<script>alert(1)</script>`",
    "    <script>alert(1)</script>",
    "```<script>\nalert(1)\n```",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "# <img src=x onerror=alert(1)>",
    "- <b onmouseover=alert(1)>x</b>\n  > <script>alert(1)</script>",
    "</p></div></main><h1>Autre site</h1>",
    "<div id=contenu class=masthead style='position:fixed'>",
    "{{ 7*7 }}{% load x %}",
]
TAG = re.compile(r"<[^>]*>")
ALLOWED = re.compile(
    r"</?(?:p|br|h3|h4|ul|ol|li|strong|em|blockquote|code|pre|hr)>"
    r"|<ol start=\"\d+\">"
    r"|<a href=\"(?:https?://|mailto:|/)[^\"]*\" rel=\"nofollow noopener\">|<a rel=\"nofollow noopener\">|</a>"
    rf"|<img src=\"{OWN}\" alt=\"[^\"]*\">|<img alt=\"[^\"]*\">"
)


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_that_runs_comes_out(text):
    html = html_of(text)

    assert [tag for tag in TAG.findall(html) if not ALLOWED.fullmatch(tag)] == []
    assert "mal.test/pixel" not in html


@pytest.mark.parametrize("text", HOSTILE)
def test_words_alone_hold_no_tag(text):
    assert "<" not in plain(text)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        (
            "# Un\n\n## Deux\n\n### Trois\n\n###### Six",
            "<h3>Un</h3>\n<h3>Deux</h3>\n<h4>Trois</h4>\n<h4>Six</h4>\n",
        ),
        ("**gras** et *penché*", "<p><strong>gras</strong> et <em>penché</em></p>\n"),
        ("3. a\n4. b", '<ol start="3">\n<li>a</li>\n<li>b</li>\n</ol>\n'),
        (
            "[x](https://exemple.test/?a=1&b=2)",
            '<p><a href="https://exemple.test/?a=1&amp;b=2" rel="nofollow noopener">x</a></p>\n',
        ),
        (f"![La place]({OWN})", f'<p><img src="{OWN}" alt="La place"></p>\n'),
    ],
)
def test_text_of_people_keeps_its_shape(text, html):
    assert html_of(text) == html


@pytest.mark.parametrize(
    "text", ["a" * 20_000, "*" * 20_000, "[" * 20_000, "> " * 10_000, "- " * 10_000, "&" * 20_000]
)
def test_longest_texts_come_out(text):
    assert html_of(text).startswith("<")
    assert len(plain(text)) <= 100_000


def test_words_alone_are_one_line():
    assert plain("# Un *titre*\n\nDeux   mots & un `code`") == "Un titre Deux mots &amp; un code"
