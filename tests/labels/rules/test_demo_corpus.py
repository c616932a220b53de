"""The whole corpus of the demonstration, drawn once for the levels of the palmarès 2025."""

import csv
import datetime as dt
from collections import Counter, defaultdict
from dataclasses import replace
from pathlib import Path

import pytest

from atlaas.choices import RevisionKind, SheetState
from atlaas.rules.distance import km_between
from atlaas.rules.sheet import CONTENT_FIELDS, digest, problems
from labels.rules.demo_corpus import SIZE, Laureate, Plan, corpus
from labels.rules.demo_place import Spot
from labels.rules.demo_share import Fate, level_of
from labels.rules.demo_text import read_pools

ROOT = Path(__file__).resolve().parents[3]
LEVELS = [5] * 43 + [4] * 101 + [3] * 33 + [2] * 41 + [1] * 8
SPOT = Spot("Exempleville", 55.45, -20.88, 0.6)
TODAY = dt.date(2026, 3, 1)


@pytest.fixture(scope="module")
def plan():
    data = ROOT / "labels" / "data" / "demo"
    pools = read_pools(
        *((data / name).read_text(encoding="utf-8") for name in ("services.csv", "sentences.csv"))
    )
    with (ROOT / "atlaas" / "data" / "referential_2025.csv").open(encoding="utf-8") as file:
        services = [row["service_code"] for row in csv.DictReader(file)]
    laureates = [Laureate(f"{10_000 + place}", level, 3000, [SPOT]) for place, level in enumerate(LEVELS)]
    return Plan(laureates, services, pools, 2025, TODAY)


@pytest.fixture(scope="module")
def fiches(plan):
    return list(corpus(plan))


def public(fiches):
    return [one for one in fiches if one.state == SheetState.PUBLISHED]


def test_corpus_has_the_size_of_the_edition(plan, fiches):
    assert len(fiches) == len({one.pk for one in fiches}) == SIZE == 15_424
    assert {one.pk for one in fiches} == set(plan.keys())


def test_corpus_uses_every_service(plan, fiches):
    assert {code for one in public(fiches) for code in one.content["services"]} == set(plan.services)


def test_coverage_gives_the_level_but_for_one_laureate_in_ten(plan, fiches):
    covered = defaultdict(set)
    for one in public(fiches):
        covered[one.code] |= set(one.content["services"])

    gaps = Counter(
        level_of(len(covered[one.code]), len({code[:3] for code in covered[one.code]})) - one.level
        for one in plan.laureates
    )
    assert (gaps[0], gaps[1] + gaps[-1]) == (204, 22)


def test_four_fiches_in_five_were_published_before_the_edition(fiches):
    told = [one for one in fiches if one.versions]

    before = [one for one in told if one.versions[0].at.year < 2025]
    assert (len(before), len(told)) == (12_216, 15_270)
    assert {one.versions[-1].at.year for one in before if one.fate != Fate.ARCHIVED} == {2025}
    assert {one.archived_at.year for one in before if one.fate == Fate.ARCHIVED} == {2025}


def test_revisions_follow_one_another(fiches):
    for one in fiches:
        moments = [one.started_at, *(version.at for version in one.versions)]
        assert moments == sorted(moments)
        assert max(moments).date() < TODAY
    kinds = Counter(version.kind for one in fiches for version in one.versions)
    assert set(kinds) == {RevisionKind.PUBLICATION, RevisionKind.CONFIRMATION, RevisionKind.END}
    assert kinds[RevisionKind.END] == 916


def test_confirmation_tells_the_same_and_a_changed_text_does_not(fiches):
    for one in fiches[:2000]:
        for last, version in zip(one.versions, one.versions[1:], strict=False):
            same = digest(last.content) == digest(version.content)
            assert same == (version.kind != RevisionKind.PUBLICATION)


def test_contents_are_whole_and_could_be_published(fiches):
    for one in public(fiches):
        assert set(one.content) == set(CONTENT_FIELDS)
        assert problems(one.content, today=TODAY) == []
        assert len(one.content["title"]) <= 120
        assert len(one.content["summary"]) <= 300
        assert one.content["services"] == sorted(
            set(one.content["services"]), key=one.content["services"].index
        )


def test_ended_fiches_say_when(fiches):
    ended = [one for one in fiches if one.fate == Fate.ENDED]

    assert {one.content["is_running"] for one in ended} == {False}
    assert {one.content["ended_on"][:4] for one in ended} == {"2025"}
    assert {one.content["is_running"] for one in fiches if one.fate != Fate.ENDED} == {True}


def test_points_stand_near_the_centre(fiches):
    away = [km_between(SPOT.lon, SPOT.lat, one.content["lon"], one.content["lat"]) for one in fiches]

    assert max(away) <= 0.601
    assert Counter(one.content["precision"] for one in fiches).keys() == {"centre", "point", "adresse"}
    assert {one.content["address"] == "" for one in fiches if one.content["precision"] == "centre"} == {True}


def test_new_fiches_take_up_older_ones_of_others(fiches):
    by_key = {str(one.pk): one for one in fiches}
    inspired = [one for one in fiches if one.content["inspired_by"]]

    assert len(inspired) > 300
    for one in inspired:
        source = by_key[one.content["inspired_by"]]
        assert source.code != one.code
        assert source.state == SheetState.PUBLISHED
        assert source.versions[0].at < one.started_at
        assert set(source.content["services"]) & set(one.content["services"])


def test_titles_are_told_apart_in_a_collectivity(fiches):
    titles = Counter((one.code, one.content["title"]) for one in fiches)

    assert max(titles.values()) == 1


def test_same_plan_draws_the_same_fiches(plan):
    small = replace(plan, size=400)

    assert list(corpus(small)) == list(corpus(small))
    assert list(corpus(small)) != list(corpus(replace(small, seed=2026)))


def test_nothing_is_dated_after_today(plan):
    early = replace(plan, size=300, today=dt.date(2025, 2, 1))

    days = {version.at.date() for one in corpus(early) for version in one.versions}
    assert max(days) == dt.date(2025, 2, 1)


def test_no_laureate_makes_no_fiche(plan):
    empty = replace(plan, laureates=[])

    assert (list(corpus(empty)), list(empty.keys())) == ([], [])
