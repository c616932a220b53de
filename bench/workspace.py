"""What an agent's own pages cost: saves while one types, the workspace and the renewal of five hundred fiches."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from html.parser import HTMLParser
from uuid import uuid4

from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from atlaas.models import Affiliation, Collectivity, Sheet, User
from atlaas.operations.sheet import delete_draft, start
from bench.measure import Cost, cost, measured

FICHES = 500


class _Form(HTMLParser):
    """The values of every field of a page, as a browser would send them: the last of a name wins."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.values: dict[str, str] = {}
        self.text = self.choice = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        facts = dict(attrs)
        name = facts.get("name") or ""
        is_chosen = facts.get("type") not in {"checkbox", "radio"} or "checked" in facts
        if tag == "input" and name and is_chosen:
            self.values[name] = facts.get("value") or ""
        elif tag == "textarea":
            self.text = name
        elif tag == "select":
            self.choice = name
        elif tag == "option" and self.choice and "selected" in facts:
            self.values[self.choice] = facts.get("value") or ""

    def handle_data(self, data: str) -> None:
        if self.text:
            self.values[self.text] = data.removeprefix("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in {"textarea", "select"}:
            self.text = self.choice = ""


@contextmanager
def signed_in(town: Collectivity) -> Iterator[tuple[Client, User]]:
    """A browser in which an invented manager of the collectivité is signed in; nobody is left behind."""
    email = f"mesure-{secrets.token_hex(4)}@demo.example"
    user = User.objects.create_user(email, None, name="Mesure Exemple", is_demo=True)
    Affiliation.objects.create(user=user, collectivity=town, role="responsable")
    client = Client(headers={"host": "localhost"})
    client.force_login(user)
    try:
        yield client, user
    finally:
        client.logout()
        user.delete()


def autosave_cost(town: Collectivity, *, rounds: int) -> Cost:
    """Real saves of a draft, each committed; the draft is deleted afterwards."""
    with signed_in(town) as (client, user):
        draft = start(town, by=user, draft_key=uuid4())
        try:
            values = _Form(
                client.get(reverse("sheet-edit", args=[town.code, draft.pk])).content.decode()
            ).values
            address = reverse("sheet-autosave", args=[town.code, draft.pk])
            return measured(lambda: _save(client, address, values), address, rounds=rounds)
        finally:
            delete_draft(Sheet.objects.get(pk=draft.pk), by=user)


def _save(client: Client, address: str, values: dict[str, str]) -> HttpResponse:
    """One more sentence, as somebody who goes on typing."""
    values["text"] = (values.get("text", "") + " Une phrase de plus, écrite à la suite.")[-4000:]
    response = client.post(address, values)
    if response.status_code == 200:
        values |= {"version": str(response.json()["version"]), "base": response.json()["base"]}
    return response


@contextmanager
def with_many_fiches(town: Collectivity) -> Iterator[tuple[Client, User]]:
    """A manager of a collectivité that has `FICHES` fiches: lent to it; nothing of what is done stays."""
    with _given_back(), signed_in(town) as (client, user):
        Sheet.objects.filter(collectivity=town).update(collectivity=_another(town))
        lent = Sheet.objects.filter(is_demo=True).order_by("pk").values("pk")[:FICHES]
        Sheet.objects.filter(pk__in=lent).update(collectivity=town)
        _follow(town)
        yield client, user


@contextmanager
def _given_back() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def workspace_costs(town: Collectivity, *, rounds: int) -> dict[str, Cost]:
    """Pages of a collectivité that has `FICHES` fiches."""
    names = {"workspace": "space-collectivity", "renewal": "renewal"}
    with with_many_fiches(town) as (client, _user):
        return {
            f"{name} of {FICHES} fiches": cost(client, reverse(route, args=[town.code]), rounds=rounds)
            for name, route in names.items()
        }


def _another(town: Collectivity) -> Collectivity:
    return Collectivity.objects.exclude(pk=town.pk).order_by("pk")[0]


def _follow(town: Collectivity) -> None:
    """The public rows follow their fiche."""
    other = _another(town)
    public = Sheet.objects.filter(public__isnull=False)
    town.public_sheets.update(collectivity=other)
    other.public_sheets.filter(sheet__in=public.filter(collectivity=town)).update(collectivity=town)
    town.public_sheets.model.objects.filter(sheet__collectivity=town).update(collectivity=town)
