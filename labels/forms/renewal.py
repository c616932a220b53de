"""The answers of one screen of the renewal."""

import re
from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django import forms
from django.utils.functional import cached_property

from labels.choices import RenewalChoice
from labels.queries.renewal import Line
from labels.rules.renewal import Answer

READ = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}:[0-9]{1,9}\.[0-9]{1,9}"
INCOMPLETE = "Le formulaire reçu est incomplet : rechargez la page et recommencez."
UNREAD = "Relisez la fiche et cochez « relue », ou dites ce qui a changé."
NO_DATE = "Dites quand l’action a pris fin (jour, mois, année)."


class RenewalForm(forms.Form):
    """One radio group `reponse-<id>` a fiche, with `fin-<id>` (a date) and `relue-<id>` where they are asked.

    `lues` says « id:version.revision » for every fiche shown, in one field: a long list stays under Django's limit.
    `toutes` answers « toujours en cours » for each fiche shown that waits for no reading and has no answer.
    """

    lues = forms.RegexField(
        rf"^{READ}(?: {READ})*$", error_messages={"required": INCOMPLETE, "invalid": INCOMPLETE}
    )
    toutes = forms.BooleanField(required=False)
    ouvrir = forms.UUIDField(required=False)

    @cached_property
    def read(self) -> dict[UUID, tuple[int, int]]:
        """The version and the revision that were read of each fiche."""
        tokens = re.findall(r"([0-9a-f-]{36}):(\d+)\.(\d+)", self.cleaned_data["lues"])
        return {UUID(pk): (int(version), int(number)) for pk, version, number in tokens}

    def answers(self, lines: Mapping[UUID, Line]) -> tuple[list[Answer], dict[UUID, str]]:
        """What can be written, and by fiche the sentence that says what is still asked; `lines` are those that wait.

        An answer for a fiche that waits no more is kept: the operation says whether it was answered as asked.
        """
        answers, asked = [], {}
        for pk, (version, number) in self.read.items():
            if not (choice := self._choice(pk, lines.get(pk))):
                continue
            if problem := self._problem(pk, choice, lines.get(pk)):
                asked[pk] = problem
            else:
                answers.append(Answer(pk, choice, version, number, self.ended_on(pk)))
        return answers, asked

    def chosen(self, pk: UUID) -> str:
        """What stands in the radio group of a fiche, to show it again."""
        return self.data.get(f"reponse-{pk}", "")

    def ended_on(self, pk: UUID) -> date | None:
        try:
            return forms.DateField().clean(self.data.get(f"fin-{pk}", ""))
        except forms.ValidationError:
            return None

    def _choice(self, pk: UUID, line: Line | None) -> RenewalChoice | None:
        chosen = self.chosen(pk)
        if chosen in RenewalChoice.values:
            return RenewalChoice(chosen)
        everything = self.cleaned_data["toutes"] and line and not line.asks_reading
        return RenewalChoice.RUNNING if everything else None

    def _problem(self, pk: UUID, choice: RenewalChoice, line: Line | None) -> str:
        if choice == RenewalChoice.ENDED and self.ended_on(pk) is None:
            return NO_DATE
        is_unread = line is not None and line.asks_reading and f"relue-{pk}" not in self.data
        return UNREAD if choice == RenewalChoice.RUNNING and is_unread else ""
