"""The team of a collectivité: roles, departures, hand-over."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from atlaas.choices import Role
from atlaas.forms.affiliation import HandOverForm, InvitationForm, RoleForm
from atlaas.models import Collectivity
from atlaas.operations.affiliation import change_role, leave, remove
from atlaas.operations.hand_over import hand_over, hand_over_by_invitation
from atlaas.permissions import NEEDS
from atlaas.queries.affiliation import drafts, managers, team
from atlaas.queries.invitation import unanswered
from atlaas.queries.mandate import mandates_of
from atlaas.queries.right import right_on
from atlaas.rules.text import french
from atlaas.views.attempt import attempt, person, place_of

DRAFTS_SHOWN = 20


@never_cache
@require_safe
def detail(request: HttpRequest, code: str) -> HttpResponse:
    return team_page(request, place_of(request, code), InvitationForm())


def team_page(
    request: HttpRequest, place: Collectivity, form: InvitationForm, status: int = 200
) -> HttpResponse:
    right = right_on(place, person(request))
    manages = right is not None and right.covers(Role.MANAGER)
    words = {
        "place": place,
        "right": right,
        "manages": manages,
        "team": team(place),
        "roles": Role.choices,
        "invitations": unanswered(place) if manages else [],
        "mandates": mandates_of(place).filter(revoked_at=None),
        "form": form,
    }
    return render(request, "atlaas/space/team.html", words, status=status)


@require_POST
def role(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    place = place_of(request, code)
    affiliation = get_object_or_404(place.affiliations.select_related("user", "collectivity"), pk=pk)
    form = RoleForm(request.POST)
    if form.is_valid():
        chosen = Role(form.cleaned_data["role"])
        done = f"{affiliation.user} est maintenant {chosen.label}."
        attempt(request, lambda: change_role(affiliation, role=chosen, by=person(request)), done)
    else:
        messages.error(request, french("Choisissez un des trois rôles."))
    return redirect("space-team", code)


@require_POST
def removal(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    place = place_of(request, code)
    affiliation = get_object_or_404(place.affiliations.select_related("user", "collectivity"), pk=pk)
    done = f"{affiliation.user} ne fait plus partie de l’équipe. Ses brouillons restent à la collectivité."
    attempt(request, lambda: remove(affiliation, by=person(request)), done)
    return redirect("space-team", code)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def departure(request: HttpRequest, code: str) -> HttpResponse:
    place = place_of(request, code)
    mine = get_object_or_404(place.affiliations, user=person(request))
    is_last = mine.role == Role.MANAGER and not managers(place).exclude(pk=mine.pk).exists()
    if request.method == "POST":
        confirmed = request.POST.get("confirmed") == "1"
        done = f"Vous ne faites plus partie de l’équipe de {place}."
        if attempt(request, lambda: leave(place, by=person(request), confirmed=confirmed), done):
            return redirect("space")
    return render(request, "atlaas/space/leave.html", {"place": place, "is_last": is_last})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def handing_over(request: HttpRequest, code: str) -> HttpResponse:
    place = place_of(request, code)
    right = right_on(place, person(request))
    if right is None or not right.covers(Role.MANAGER):
        messages.error(request, french(NEEDS[Role.MANAGER]))
        return redirect("space-team", code)
    people = team(place)
    mine = next((one for one in people if one.user_id == person(request).pk), None)
    form = HandOverForm(request.POST or None, team=people, initial={"leaver": mine.pk if mine else ""})
    if form.is_valid() and _hand_over(request, form):
        still = mine is None or place.affiliations.filter(pk=mine.pk).exists()
        return redirect("space-team", code) if still else redirect("space")
    words = {"place": place, "form": form, "team": people, "drafts": drafts(place)[: DRAFTS_SHOWN + 1]}
    return render(request, "atlaas/space/hand_over.html", words, status=422 if form.errors else 200)


def _hand_over(request: HttpRequest, form: HandOverForm) -> bool:
    gone, heir, by = form.gone, form.heir, person(request)
    if heir:
        done = f"{heir.user} a pris la suite de {gone.user}."
        return attempt(request, lambda: hand_over(gone, successor=heir, by=by), done)
    email = form.cleaned_data["email"]
    done = f"Une invitation part à {email}. {gone.user} reste dans l’équipe jusqu’à ce qu’elle soit acceptée."
    return attempt(request, lambda: hand_over_by_invitation(gone, email=email, by=by), done)
