import csv
import re
from pathlib import Path
from random import Random

import pytest

from labels.rules.demo_text import CLOSING, figures, news, read_pools, wording

ROOT = Path(__file__).resolve().parents[3]
DATA = ROOT / "labels" / "data" / "demo"
ENJEU_PARTS = ("besoin", "action", "resultat", "public", "partenaire", "fonction")
EVERY_PARTS = (
    "contexte",
    "moyen",
    "conseil",
    "nouveau",
    "lieu",
    "suite",
    "association",
    "delegataire",
    "prenom",
)


@pytest.fixture(scope="module")
def pools():
    files = (DATA / "services.csv", DATA / "sentences.csv")
    return read_pools(*(path.read_text(encoding="utf-8") for path in files))


def test_pools_speak_of_every_service_and_every_enjeu(pools):
    with (ROOT / "atlaas" / "data" / "referential_2025.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))

    assert set(pools.topics) == {row["service_code"] for row in rows}
    wanted = {(row["enjeu_code"], part) for row in rows for part in ENJEU_PARTS}
    assert set(pools.sentences) == wanted | {("*", part) for part in EVERY_PARTS}
    assert {topic.modifier for topic in pools.topics.values()} == {"lieu", "suite"}


def test_pools_are_written_in_french_typography(pools):
    words = [text for texts in pools.sentences.values() for text in texts]
    words += [text for topic in pools.topics.values() for text in (*topic.titles, *topic.summaries)]

    assert [text for text in words if re.search(r"'| [;:!?%€»]|« |  |^ | $", text)] == []
    titles = [title for topic in pools.topics.values() for title in topic.titles]
    assert len(titles) == len(set(titles)) == 288


def test_wording_says_that_it_is_invented(pools):
    found = wording(pools, pools.topics["MED-07"], Random(1), taken=set(), population=900)

    assert found.title in pools.topics["MED-07"].titles or ", " in found.title
    assert found.summary in pools.topics["MED-07"].summaries
    assert found.text.count("## ") == 3
    assert found.text.endswith(CLOSING)
    assert "{" not in found.text


def test_titles_of_a_collectivity_never_come_twice(pools):
    taken, random = set(), Random(1)

    titles = [
        wording(pools, pools.topics["DEM-07"], random, taken=taken, population=None).title for _ in range(80)
    ]

    assert len(set(titles)) == 80
    assert max(map(len, titles)) <= 120
    assert [title for title in titles if "?," in title] == []


def test_news_come_before_the_last_line(pools):
    text = news(pools, f"## Le besoin\n\nUn bus.\n\n{CLOSING}", Random(1), year=2025, population=None)

    head, _, tail = text.partition("\n\n## Du nouveau en 2025\n\n")
    assert head == "## Le besoin\n\nUn bus."
    assert tail.endswith(f"\n\n{CLOSING}")


def test_people_reached_stay_below_the_inhabitants():
    found = {int(figures("{h}", Random(seed), 300)) for seed in range(200)}

    assert max(found) <= 75
