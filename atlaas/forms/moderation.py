"""What is written to report, to answer, to withdraw and to contest."""

from django import forms

MANY = "Ce texte tient en 2 000 signes : raccourcissez-le."


def words(missing: str) -> forms.CharField:
    """A text of 2,000 signs at most, and the sentence for who leaves it empty."""
    return forms.CharField(max_length=2000, error_messages={"required": missing, "max_length": MANY})


class ReportForm(forms.Form):
    """`site` is a trap for robots: people do not see it."""

    message = words("Dites ce qui ne va pas : c’est ce que l’association lira.")
    email = forms.EmailField(
        required=False,
        max_length=254,
        error_messages={
            "invalid": "Cette adresse n’est pas complète : corrigez-la, ou laissez la case vide."
        },
    )
    site = forms.CharField(required=False)

    @property
    def is_trapped(self) -> bool:
        return bool(self.cleaned_data["site"])


class AnswerForm(forms.Form):
    texte = words("Écrivez la réponse : elle est gardée, et envoyée si une adresse a été laissée.")


class WithdrawForm(forms.Form):
    texte = words("Donnez le motif : la collectivité le lit et peut le contester.")


class ContestForm(forms.Form):
    texte = words("Dites pourquoi la fiche devrait revenir, ou ce que vous y avez corrigé.")


class SettleForm(forms.Form):
    texte = words("Écrivez la réponse : la collectivité la lit.")
    issue = forms.ChoiceField(
        choices=(("maintenir", "maintenir"), ("lever", "lever")),
        error_messages={"required": "Choisissez de lever le retrait ou de le maintenir."},
    )
