import pytest

from atlaas.rules.mail_blocks import Block, blocks


def test_mail_is_cut_at_its_empty_lines():
    text = "Bonjour,\n\nVoici le\ncode.\n\nAB12-CD34\n \nhttps://exemple.test/x?y=1\n\n- un\n- deux\n"

    assert blocks(text) == [
        Block("paragraph", ("Bonjour,",)),
        Block("paragraph", ("Voici le code.",)),
        Block("code", ("AB12-CD34",)),
        Block("link", ("https://exemple.test/x?y=1",)),
        Block("list", ("un", "deux")),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "javascript:alert(1)",
        "Voir https://exemple.test",
        "https://a.test\nhttps://b.test",
        "abcd-efgh",
        "A-1",
    ],
)
def test_what_only_looks_like_a_link_or_a_code_is_text(text):
    assert [one.kind for one in blocks(text)] == ["paragraph"]


@pytest.mark.parametrize("text", ["", " \n\n "])
def test_empty_text_has_no_block(text):
    assert blocks(text) == []
