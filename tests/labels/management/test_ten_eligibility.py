import pytest
from django.core.management import CommandError, call_command

from tests.factories.atlaas import CommuneFactory
from tests.factories.campaign import open_edition
from tests.factories.labels import AwardFactory, EditionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def places():
    """Before 2030: at 5 @ seven times, six times then absent, never at 5 @."""
    open_edition(2030)
    sure, gone, low = (
        CommuneFactory(code=f"8100{at}", name=name) for at, name in enumerate(("Albi", "Bize", "Cahors"))
    )
    for year in range(2023, 2030):
        edition = EditionFactory(year=year)
        AwardFactory(edition=edition, collectivity=sure, level=5)
        AwardFactory(edition=edition, collectivity=low, level=3)
        if year < 2029:
            AwardFactory(edition=edition, collectivity=gone, level=5)


def lines(capsys, *options):
    call_command("ten_eligibility", "--year", "2030", *options)
    return capsys.readouterr().out.splitlines()


def told(first):
    return ", ".join([f"2030: 5 @, 2029: {first}", *(f"{year}: 5 @" for year in range(2028, 2022, -1))])


def test_those_who_could_win_are_listed_with_the_proof(places, capsys):
    assert lines(capsys) == [f"81000 Albi: eligible ({told('5 @')})"]


def test_those_who_cannot_are_listed_when_asked_for(places, capsys):
    assert lines(capsys, "--all") == [
        f"81000 Albi: eligible ({told('5 @')})",
        f"81001 Bize: not_eligible ({told('pas de candidature')})",
    ]


def test_an_edition_without_rules_is_refused():
    EditionFactory(year=2031, rulebook=None)

    for year in ("2031", "2099"):
        with pytest.raises(CommandError, match=f"the edition {year} is not known, or has no rulebook"):
            call_command("ten_eligibility", "--year", year)
