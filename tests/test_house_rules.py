"""The rules of the house that a linter does not know."""

import ast
import re
from importlib.util import find_spec
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models
from django.urls import URLPattern, URLResolver, get_resolver

ROOT = Path(__file__).resolve().parents[1]
APPS = ("atlaas", "labels", "jury")
CODE = sorted(
    path
    for folder in (*APPS, "tools", "bench", "tests")
    for path in (ROOT / folder).rglob("*.py")
    if "migrations" not in path.parts
)
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
CODE_OR_SIREN = "(?P<code>[0-9][0-9ABab][0-9]{3}|[0-9]{9})"
# Every route that answers without an account. A new public page is named here, on purpose.
PUBLIC = {
    "",
    "palmares/",
    "palmares/<int:year>/",
    "palmares/<int:year>/jury/",
    "palmares/<int:year>/palmares.csv",
    "palmares/<int:year>/regions/<slug:slug>/",
    "palmares/<int:year>/scelle.json",
    "partage/<slug:kind>/<slug:key>.png",
    "collectivites/",
    f"^collectivites/{CODE_OR_SIREN}/?$",
    f"^collectivites/{CODE_OR_SIREN}/mosaique/?$",
    rf"^collectivites/{CODE_OR_SIREN}/mosaique\.svg$",
    f"^collectivites/{CODE_OR_SIREN}-(?P<slug>[^/]*)/$",
    f"^collectivites/{CODE_OR_SIREN}-(?P<slug>[^/]*)/mosaique/$",
    "fiches/",
    "fiches/facettes/",
    "fiches/flux.atom",
    "api/v1/fiches/",
    "api/v1/fiches/<uuid:pk>/",
    "api/v1/fiches.geojson",
    "fiches/<uuid:pk>/signaler/",
    "fiches/<uuid:pk>/",
    "fiches/<uuid:pk>/diffusion/",
    "fiches/<uuid:pk>/pieces/<uuid:attachment>/",
    "fiches/<uuid:pk>/versions/",
    "referentiel/",
    "referentiel/<slug:slug>/",
    "referentiel/services/<slug:code>/",
    "carte/",
    "carte/contours.json",
    "carte/points.json",
    "statistiques/",
    "statistiques/<int:year>/",
    "statistiques/<int:year>/<slug:key>.csv",
    "statistiques/<int:year>/<slug:key>.json",
    "accessibilite/",
    "donnees/",
    "mentions-legales/",
    "connexion/",
    "connexion/code/",
    "connexion/code/saisie/",
    "connexion/compte-ferme/",
    "connexion/deuxieme-facteur/",
    "connexion/proconnect/",
    "connexion/proconnect/abandon/",
    "connexion/proconnect/retour/",
    "deconnexion/",
    "inscription/",
    "inscription/adresse/",
    "mot-de-passe/",
    "mot-de-passe/change/",
    "mot-de-passe/envoye/",
    "^mot-de-passe/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[0-9A-Za-z-]+)/$",
    "api/docs/",
    "api/schema/",
    "api/v1/collectivites/",
    f"^api/v1/collectivites/{CODE_OR_SIREN}/$",
    "api/v1/palmares/",
    "api/v1/palmares/<int:year>/",
    "api/v1/palmares/<int:year>/carte.geojson",
    "api/v1/referentiel/",
    "api/v1/statistiques/<int:year>/",
    "courriels/arret/<str:token>/",
    "invitation/<slug:secret>/",
    "jury/invitation/<slug:secret>/",
    "demo/avancement/",
    "demo/connexion/<slug:role>/",
    "demo/courriels/",
    "demo/courriels/<slug:name>/",
    "favicon.ico",
    "robots.txt",
    "sante/pret",
    "sante/vif",
    "sitemap-<slug:section>.xml",
    "sitemap.xml",
    # They ask for the account themselves, and answer 401 in JSON instead of a redirect.
    "espace/<slug:code>/candidature/<int:year>/enregistrement/",
    "espace/<slug:code>/fiches/enregistrement/",
    "espace/<slug:code>/fiches/<uuid:pk>/enregistrement/",
    "jury/<int:year>/dossiers/<uuid:pk>/evaluation/enregistrement/",
}
# Names of columns that are the same word in both languages, and Django's own.
SAME_IN_FRENCH = {
    "note",
    "source",
    "version",
    "code",
    "zone",
    "date",
    "distinction",
    "mentions",
    "minute",
    "message",
    "password",
    "last_login",
}


def routes(resolver, prefix=""):
    for one in resolver.url_patterns:
        route = prefix + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from routes(one, route)
        elif isinstance(one, URLPattern):
            yield route, one


def name_of(path):
    return str(path.relative_to(ROOT))


def functions(path):
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node, node.end_lineno - node.lineno + 1


def test_public_routes_are_the_ones_named():
    public = {
        route
        for route, one in routes(get_resolver())
        if not route.startswith("admin/") and getattr(one.callback, "login_required", True) is False
    }

    assert public == PUBLIC


def test_files_stay_within_400_lines():
    assert {
        name_of(path): lines for path in CODE if (lines := len(path.read_text().splitlines())) > 400
    } == {}


def test_settings_stay_within_250_lines():
    assert len((ROOT / "atlaas/project/settings.py").read_text().splitlines()) <= 250


def test_functions_stay_within_40_lines():
    long = {
        f"{name_of(path)}:{node.name}": lines
        for path in CODE
        for node, lines in functions(path)
        if lines > 40
    }

    assert long == {}


def test_views_stay_within_20_lines():
    views = [path for app in APPS for path in (ROOT / app / "views").glob("*.py")]

    long = {
        f"{name_of(path)}:{node.name}": lines
        for path in views
        for node, lines in functions(path)
        if lines > 20
    }

    assert long == {}


def test_templates_stay_within_150_lines():
    assert {
        name_of(path): lines for path in TEMPLATES if (lines := len(path.read_text().splitlines())) > 150
    } == {}


def test_migrations_import_nothing_of_ours():
    ours = re.compile(r"^\s*(?:from|import) (?:atlaas|labels|jury|congress)\b", re.MULTILINE)
    migrations = [path for app in APPS for path in (ROOT / app / "migrations").glob("*.py")]

    assert [name_of(path) for path in migrations if ours.search(path.read_text())] == []


def test_templates_are_all_used():
    code = "".join(path.read_text() for path in [*CODE, *TEMPLATES] if "tests" not in path.parts)
    django_finds = {"400.html", "403.html", "403_csrf.html", "404.html", "429.html", "500.html"}
    allauth = Path(find_spec("allauth").origin).parent / "templates"
    ours = {str(path.relative_to(ROOT / "templates")) for path in TEMPLATES}
    names = {name for name in ours - django_finds if not (allauth / name).exists()}

    assert sorted(name for name in names if f'"{name}"' not in code and f"'{name}'" not in code) == []


@pytest.mark.parametrize(
    ("pattern", "why"),
    [
        (r"\sstyle=", "the strict CSP drops style attributes"),
        (r"\son[a-z]+=\"", "the strict CSP drops inline handlers"),
        (r"<script(?![^>]*(?:src=|application/ld\+json))", "the strict CSP drops inline scripts"),
        (r"\|safe\b", "escape, or build with format_html"),
        (r"href=\"https?://", "addresses of others come from data, not from templates"),
        (r"[a-zàâçéèêëîïôûù]'[a-zàâçéèêëîïôûù]", "French is written with ’"),
        (r"[^\s\u00a0\u202f<>%{}()\"&;=:/] [;!?](?=[\s<])", "a narrow no-break space goes before ; ! ?"),
    ],
)
def test_templates_keep_to(pattern, why):
    # Tags and comments of the template language hold code, not French.
    bare = {
        name_of(path): re.sub(r"\{%.*?%\}|\{#.*?#\}|\{\{.*?\}\}", "", path.read_text()) for path in TEMPLATES
    }

    assert {name: found for name, text in bare.items() if (found := re.findall(pattern, text))} == {}, why


def constraints():
    for model in apps.get_models():
        if model._meta.app_label in APPS and not model.__name__.endswith("Event"):
            for one in model._meta.constraints:
                yield model, one


def test_constraints_speak_french():
    silent = [
        one.name
        for model, one in constraints()
        if one.violation_error_message == one.default_violation_error_message
    ]

    assert silent == []


def test_constraints_have_been_seen_to_refuse():
    tests = "".join(path.read_text() for path in CODE if "tests" in path.parts and path != Path(__file__))

    assert [one.name for model, one in constraints() if f'"{one.name}"' not in tests] == []


def test_models_are_documented_in_french():
    odd = [
        f"{model.__name__}.{field.name}"
        for model in apps.get_models()
        if model._meta.app_label in APPS and not model.__name__.endswith("Event")
        for field in model._meta.concrete_fields
        if not isinstance(field, models.AutoField)
        and not field.is_relation
        and field.verbose_name == field.name.replace("_", " ")
        and field.name not in SAME_IN_FRENCH
    ]

    assert odd == []


def test_own_code_is_never_mocked():
    words = (
        "mock." + "patch",
        "Magic" + "Mock",
        "monkeypatch.setattr(" + '"atlaas',
        "monkeypatch.setattr(" + '"labels',
        "monkeypatch.setattr(" + '"jury',
    )

    assert [name_of(path) for path in CODE if any(word in path.read_text() for word in words)] == []


# Where a year is what the code is about: the palmarès that the committed files hold, and a seed of chance.
NAMES_A_YEAR = {
    "atlaas/rules/sheet_export.py",  # the example line of the model that people download
    "labels/operations/demo.py",  # loads the files of 2025, whose names say so
    "labels/rules/demo_corpus.py",  # the seed of the invented fiches
}


def years_in(path):
    """The years that code says, docstrings aside: of editions that exist, or that are about to."""
    tree = ast.parse(path.read_text())
    told = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    constants = [node for node in ast.walk(tree) if isinstance(node, ast.Constant) and id(node) not in told]
    return [one.value for one in constants if re.search(r"\b20(?:2[4-9]|3[0-5])\b", str(one.value))]


def test_nothing_in_code_names_a_year():
    named = {
        name_of(path): years
        for path in CODE
        if name_of(path).startswith(APPS) and name_of(path) not in NAMES_A_YEAR and (years := years_in(path))
    }

    assert named == {}
