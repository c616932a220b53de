"""A jury with something to hide at every step: the collectivité of the first dossier, its scores, who reads it, who is tied to it."""

import datetime as dt

from django.contrib.admin import site
from django.utils import timezone

from jury.models import Assignment, Item
from jury.operations.evaluation import save, submit
from jury.operations.item import call, decide, end
from jury.operations.recusal import declare
from jury.operations.sitting import close_sitting, open_sitting
from jury.rules.assignment import Plan
from jury.rules.evaluation import Facts
from jury.rules.item import Decision, Votes
from labels.models import Edition, Question
from tests.conftest import SecondFactorClient
from tests.factories.atlaas import CommuneFactory, UserFactory, agent_of
from tests.factories.jury import a_filed_candidacy, a_juror
from tests.factories.labels import AwardFactory
from tests.factories.recusal import a_run
from tests.test_access import Another, edition_to_come


class World(Another):
    """Two dossiers, `dossier` that the `recused` juror is tied to and `other`; the secrets are of the first one.

    `author` handed in both, `recused` too before they declared their tie, `juror` the other one alone; `double` reads nothing
    yet. What a page tells of the other dossier (counts, normalised advice) may hold nothing of the first.
    """

    def jury(self):
        self.addresses = {}
        self.edition = edition_to_come(2025)
        self.award = AwardFactory(edition__year=2023, collectivity=self.town)
        Question.objects.update(is_required=False)
        now = timezone.now()
        self._set(opens_at=now - dt.timedelta(days=9), closes_at=now + dt.timedelta(days=1))
        self.dossier = a_filed_candidacy(self.edition, self.town)
        self.other = a_filed_candidacy(self.edition)
        self._set(closes_at=now - dt.timedelta(minutes=5))
        self.president = a_juror(self.edition, president=True)
        self.juror, self.recused, self.author, self.double = (a_juror(self.edition) for _ in range(4))
        self.share = a_run(self.edition, plan=Plan(*[frozenset()] * 4).facts() | {"problems": []})
        self._read()
        self.item = None

    def _set(self, **window):
        Edition.objects.filter(pk=self.edition.pk).update(**window)
        self.edition.refresh_from_db()

    def _read(self):
        for seat in (self.juror, self.author, self.double, self.president):
            for one in (self.dossier, self.other):
                Assignment.objects.create(juror=seat, candidacy=one)
        for seat, value in ((self.author, 2), (self.recused, 3)):
            self.hand_in(seat, self.dossier, value)
            self.hand_in(seat, self.other, value)
        self.hand_in(self.juror, self.other, 1)
        self.tie = declare(self.recused, self.town, "home", by=self.recused.user)

    def hand_in(self, seat, candidacy, value):
        grid = self.edition.criteria.filter(category=candidacy.category)
        saved = save(seat, candidacy, Facts({one.pk: value for one in grid}, 2, {}, ""), 0, seat.user)
        submit(seat, candidacy, saved.version, seat.user)

    def sit(self):
        """The sitting is open, the dossier decided and closed, the other one on the table."""
        present = [one.pk for one in (self.president, self.juror, self.recused, self.author, self.double)]
        open_sitting(self.edition, present, by=self.president.user)
        self.item = Item.objects.get(candidacy=self.dossier)
        self.judge(self.item, voters=4)
        call(Item.objects.get(candidacy=self.other), by=self.president.user)

    def judge(self, item, voters):
        chair = self.president.user
        stored = item if item.state == "called" else call(item, by=chair)
        decide(stored, Decision(1, Votes(voters, 0, 0), reason="Essai"), version=stored.version, by=chair)
        end(stored, by=chair)

    def close(self):
        """Both are decided and the awards proposed; nothing is public."""
        self.judge(Item.objects.get(candidacy=self.other), voters=5)
        close_sitting(self.edition, by=self.president.user)

    def address(self, route):
        """Kept from one world to the other: the object asked for is the same."""
        if route not in self.addresses:
            self.addresses[route] = super().address(route)
        return self.addresses[route]

    @property
    def numbered(self):
        own = {"liens": self.tie, "membres": self.juror, "points": self.item or self.tie}
        return super().numbered | own

    def value(self, route, name):
        if name == "pk" and "uuid:pk" in route and ("jury/" in route or "candidatures/" in route):
            return str(self.dossier.pk)
        if name == "object_id":
            return str(self.registered(route))
        words = {"sheet": str(self.sheet.pk), "key": self.town.code, "app_label": "jury"}
        words |= dict.fromkeys(("slug", "name", "role", "section", "token", "uidb36", "url"), "essai")
        return words[name] if name in words else super().value(route, name)

    def registered(self, route):
        """The latest object of the register that a route of the admin is about."""
        _, app, name, *_ = route.split("/")
        model = next(one for one in site._registry if one._meta.label_lower == f"{app}.{name}")
        found = model._default_manager.order_by("-pk").values_list("pk", flat=True).first()
        return found or 0

    def clients(self):
        """By role, a browser that is signed in; « partner » has no key yet: a person of no collectivité who asks for JSON."""
        people = {
            "agent": agent_of(CommuneFactory()),
            "candidate": self.people,
            "juror": self.juror.user,
            "recused": self.recused.user,
            "president": self.president.user,
            "organiser": UserFactory(is_organiser=True),
            "partner": UserFactory(),
            "staff": UserFactory(is_organiser=True, is_staff=True, is_superuser=True),
        }
        found = {role: SecondFactorClient(raise_request_exception=False) for role in ("anonymous", *people)}
        for role, person in people.items():
            found[role].force_login(person)
        return found
