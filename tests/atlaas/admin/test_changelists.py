"""Every list of the admin: it opens, in French, and takes as many queries for three rows as for one."""

import pytest
from django.apps import apps
from django.contrib import admin
from django.urls import reverse

from atlaas.models import User
from tests.atlaas.admin.rows import ROWS
from tests.factories.atlaas import CommuneFactory, UserFactory

pytestmark = pytest.mark.django_db
READ_ONLY = {
    "jury.juror",
    "jury.recusal",
    "jury.sitting",
    "atlaas.attachment",
    "atlaas.publicsheet",
    "atlaas.report",
    "atlaas.revision",
    "atlaas.sheet",
    "atlaas.sheetstep",
    "atlaas.withdrawal",
    "atlaas.silence",
    "atlaas.notice",
    "atlaas.mandate",
    "atlaas.invitation",
    "atlaas.importedsheet",
    "atlaas.savedsearch",
    "atlaas.sheetimport",
    "atlaas.claim",
    "atlaas.affiliation",
    "atlaas.collectivity",
    "atlaas.departement",
    "atlaas.heartbeat",
    "atlaas.job",
    "atlaas.loading",
    "atlaas.region",
    "atlaas.succession",
    "labels.arrival",
    "labels.award",
    "labels.awardcorrection",
    "labels.awardevent",
    "labels.candidacy",
    "labels.candidacysheet",
    "labels.candidacystep",
    "labels.criterion",
    "labels.derogation",
    "labels.editionevent",
    "labels.editionmailtext",
    "labels.extension",
    "labels.jurymember",
    "labels.mention",
    "labels.mentiontheme",
    "labels.notconcerned",
    "labels.probe",
    "labels.question",
    "labels.rulebook",
    "labels.rulebookevent",
    "labels.section",
    "labels.seal",
    "labels.seenas",
    "labels.snapshot",
    "labels.statistic",
    "labels.subscription",
    "labels.statisticsrun",
}
NOT_SHOWN = {
    "atlaas.cacheentry",  # Django's own cache: nothing that a person reads
    # What jurors think, and of what, stays theirs until the sitting: staff are organisers too.
    "jury.assignment",
    "jury.assignmentrun",
    "jury.letter",
    "jury.lettercopy",
    "jury.remarksettlement",
    "jury.evaluation",
    "jury.remark",
    "jury.score",
    "jury.scorechange",
    # Nor does what a jury deliberates: it is read by the minutes, once they are signed.
    "jury.entry",
    "jury.item",
    "jury.presence",
    "jury.signature",
}
QUERIES = {
    "jury.juror": 6,
    "jury.recusal": 6,
    "atlaas.sheetstep": 6,
    "atlaas.collectivity": 6,
    "atlaas.departement": 6,
    "atlaas.enjeu": 6,
    "atlaas.service": 8,
    "labels.arrival": 7,
    "labels.award": 8,
    "labels.awardcorrection": 6,
    "labels.awardevent": 7,
    "labels.editionevent": 6,
    "labels.rulebookevent": 6,
    "labels.jurymember": 6,
    "labels.editorialblock": 6,
    "labels.keptdocument": 6,
    "labels.coveragefigure": 7,
    "labels.mention": 7,
    "labels.mentiontheme": 6,
    "labels.printedfigure": 7,
    "labels.statistic": 7,
    "labels.candidacy": 6,
    "labels.candidacystep": 6,
    "labels.criterion": 6,
    "labels.derogation": 6,
    "labels.editionmailtext": 7,
    "labels.section": 6,
    "labels.subscription": 6,
    "atlaas.family": 5,
    "atlaas.loading": 6,
    "atlaas.job": 6,
}


def address(label, page="changelist", *args):
    return reverse(f"admin:{label.replace('.', '_')}_{page}", args=args)


@pytest.fixture
def staff(client):
    client.force_login(User.objects.create_superuser("chef@exemple.test", "un mot de passe long"))
    return client


def test_admin_has_every_model_of_ours():
    ours = {
        model._meta.label_lower
        for app in ("atlaas", "labels", "jury")
        for model in apps.get_app_config(app).get_models()
    } - NOT_SHOWN
    through = {label for label in ours if "_" in label}

    assert (
        {model._meta.label_lower for model in admin.site._registry} - {"auth.group", "mfa.authenticator"}
        == ours - through
        == set(ROWS)
    )


@pytest.mark.parametrize("label", sorted(ROWS))
def test_list_takes_the_same_queries_whatever_the_number(staff, label, django_assert_num_queries):
    ROWS[label](1)
    staff.get(address(label))

    for total in (1, 3):
        if total == 3:
            ROWS[label](2)
            ROWS[label](3)
        with django_assert_num_queries(QUERIES.get(label, 5)):
            assert staff.get(address(label)).status_code == 200


@pytest.mark.parametrize("label", sorted(ROWS))
def test_list_is_searched_without_failing(staff, label):
    ROWS[label](1)

    for text in ("2025", "Évreux", "%", "x" * 5000, "'"):
        assert staff.get(address(label), {"q": text}).status_code == 200


@pytest.mark.parametrize("label", sorted(ROWS))
def test_row_opens(staff, label):
    row = ROWS[label](1)
    if label in {"labels.rulebook", "labels.rulebookevent"}:
        row = row.rulebook
    if label.endswith("event"):
        row = row.events.get()

    assert staff.get(address(label, "change", row.pk)).status_code == 200


@pytest.mark.parametrize("label", sorted(READ_ONLY))
def test_what_the_platform_writes_is_read_only(staff, label):
    ROWS[label](1)

    assert staff.get(address(label, "add")).status_code == 403


def test_admin_speaks_french(staff):
    page = staff.get(reverse("admin:index")).content.decode()

    assert "<title>Toutes les données | Atlaas</title>" in page
    assert "Récompenses" in page


def test_admin_is_for_staff(client):
    client.force_login(UserFactory(is_organiser=True))

    assert client.get(reverse("admin:index")).status_code == 302


def test_collectivities_are_searched_by_folded_name_and_code(staff):
    CommuneFactory(name="Œuilly", code="51410")
    CommuneFactory(name="Caen", code="14118")

    for text in ("oeuilly", "ŒUILLY", "51410", " œuil "):
        found = staff.get(address("atlaas.collectivity"), {"q": text}).context["cl"].result_list
        assert [one.name for one in found] == ["Œuilly"]
