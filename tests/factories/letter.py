"""Remarks of jurors, the palmarès that follows them and the letters made of both; every one is invented."""

import re

import pikepdf
from django.utils import timezone

from atlaas.models import Enjeu
from atlaas.operations.job import run_pending
from jury.models import Letter, Remark
from jury.operations.letter import prepare
from labels.models import Criterion, Edition
from tests.factories.atlaas import UserFactory, agent_of, an_enjeu
from tests.factories.jury import a_juror
from tests.factories.labels import AwardFactory
from tests.factories.recusal import begun, close_sitting, closed_edition, criterion, judged


def enjeux(*names):
    """Enjeux in that order of the référentiel."""
    made = [an_enjeu(name[:3].upper(), name) for name in names]
    for rank, one in enumerate(made, 1):
        Enjeu.objects.filter(pk=one.pk).update(position=rank)
        one.refresh_from_db()
    return made


def handed_in(juror, candidacy, *, strengths=(), next_steps=(), line=None):
    """An evaluation that was submitted, with those enjeux picked."""
    facts = {"state": "submitted", "level": 3, "submitted_at": timezone.now()}
    evaluation = begun(juror, candidacy, **facts)
    line = line or _line(candidacy.edition)
    for kind, picked in (("strength", strengths), ("next_step", next_steps)):
        for enjeu in picked:
            Remark.objects.create(evaluation=evaluation, enjeu=enjeu, criterion=line, kind=kind)
    return evaluation


def _line(edition):
    return Criterion.objects.filter(edition=edition).first() or criterion(edition)


class Case:
    """A closed edition, two jurors, a candidate with people, and an organiser."""

    def __init__(self, year=2030):
        self.edition = closed_edition(year)
        self.organiser = UserFactory(is_organiser=True)
        self.jurors = [a_juror(self.edition) for _ in range(2)]
        self.candidacy = judged(self.edition)
        self.town = self.candidacy.collectivity
        self.agent = agent_of(self.town, "valideur")

    def contradict(self, candidacy=None):
        """Both jurors pick the same enjeu, one as a strength and one as a next step."""
        (enjeu,) = enjeux("Éducation")
        first, second = self.jurors
        handed_in(first, candidacy or self.candidacy, strengths=[enjeu])
        handed_in(second, candidacy or self.candidacy, next_steps=[enjeu])
        return enjeu

    def award(self, candidacy=None, **facts):
        candidacy = candidacy or self.candidacy
        return AwardFactory(
            edition=self.edition, collectivity=candidacy.collectivity, **({"level": 3} | facts)
        )

    def close(self):
        close_sitting(self.edition)

    def publish(self):
        """Last of all: what is published is read-only."""
        self.close()
        Edition.objects.filter(pk=self.edition.pk).update(published_at=timezone.now())
        self.edition.refresh_from_db()

    def prepare(self):
        prepare(self.edition, by=self.organiser)
        run_pending()

    def ready(self):
        """The palmarès is public, its letters are prepared."""
        self.award()
        self.publish()
        self.prepare()

    @property
    def letter(self):
        return Letter.objects.get(candidacy=self.candidacy)


def words_of_pdf(content):
    """The text of a PDF, read through the map of its fonts (`ToUnicode`)."""
    with pikepdf.open(content) as document:
        return " ".join(_page_words(page) for page in document.pages)


def _page_words(page):
    maps = {str(name): _map(font) for name, font in page.Resources.Font.items()}
    told, current = [], {}
    for operands, operator in pikepdf.parse_content_stream(page):
        if str(operator) == "Tf":
            current = maps[str(operands[0])]
        elif str(operator) in {"Tj", "TJ"}:
            parts = operands[0] if str(operator) == "TJ" else operands
            texts = [bytes(one) for one in parts if isinstance(one, pikepdf.String)]
            told.append("".join(_read(text, current) for text in texts))
    return " ".join(told)


def _map(font):
    table = font.ToUnicode.read_bytes().decode()
    pairs = re.findall(r"<([0-9a-fA-F]{4})>\s*<([0-9a-fA-F]+)>", table)
    return {int(code, 16): bytes.fromhex(text).decode("utf-16-be") for code, text in pairs}


def _read(text, table):
    codes = [int.from_bytes(text[at : at + 2]) for at in range(0, len(text), 2)]
    return "".join(table.get(code, "") for code in codes)
