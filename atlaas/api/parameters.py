"""Parameters of a URL, read by a form: a parameter or a value that is not known is refused with a sentence, never ignored."""

from collections.abc import Mapping
from typing import TypeVar

from django import forms
from drf_spectacular.utils import OpenApiParameter
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

from atlaas.rules.text import french

AnyForm = TypeVar("AnyForm", bound=forms.Form)
TYPES = {forms.IntegerField: int, forms.BooleanField: bool}


class NoParameters(forms.Form):
    """For a resource that has none."""


class PageForm(forms.Form):
    """Which part of a long list is asked for."""

    page = forms.IntegerField(
        label="Numéro de la page, à partir de 1", min_value=1, max_value=1_000_000, required=False
    )
    limite = forms.IntegerField(
        label="Nombre d’éléments par page : 50 par défaut, 100 au plus",
        min_value=1,
        max_value=100,
        required=False,
    )


def read(form_class: type[AnyForm], request: Request) -> AnyForm:
    """The form, valid; otherwise an answer 400 that says what is wrong and what is known."""
    form = form_class(request.query_params)
    unknown = sorted(set(request.query_params) - form.fields.keys())
    if unknown:
        known = ", ".join(form.fields) or french("aucun")
        names = ", ".join(name[:40].replace("\x00", "") for name in unknown[:5])
        raise ValidationError(
            {"detail": french(f"Paramètre inconnu : {names}. Paramètres possibles : {known}.")}
        )
    if not form.is_valid():
        raise ValidationError(
            {"detail": french("Un paramètre ne peut pas être lu."), "parametres": _errors(form)}
        )
    return form


def documented(form_class: type[forms.Form]) -> list[OpenApiParameter]:
    """The parameters of a form as the documentation of the API tells them."""
    return [_parameter(name, field) for name, field in form_class().fields.items()]


def _errors(form: forms.Form) -> Mapping[str, list[str]]:
    """Each message, with the values that are possible where they are few."""
    return {
        name: [
            *messages,
            *([f"Valeurs possibles : {choices}."] if (choices := _choices(form.fields[name])) else []),
        ]
        for name, messages in form.errors.items()
    }


def _choices(field: forms.Field) -> str:
    if isinstance(field, forms.ModelChoiceField) and field.queryset is not None:
        return ", ".join(str(field.prepare_value(one)) for one in field.queryset)
    return ", ".join(value for value, _ in getattr(field, "choices", []) if value)


def _parameter(name: str, field: forms.Field) -> OpenApiParameter:
    values = (
        [value for value, _ in getattr(field, "choices", []) if value]
        if type(field) is forms.ChoiceField
        else None
    )
    kind = TYPES.get(type(field), str)
    return OpenApiParameter(name, kind, OpenApiParameter.QUERY, description=str(field.label), enum=values)
