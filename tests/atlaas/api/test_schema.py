import re

import pytest
from django.core.management import call_command

PATHS = [
    "/api/v1/collectivites/",
    "/api/v1/collectivites/{code}/",
    "/api/v1/fiches/",
    "/api/v1/fiches.geojson",
    "/api/v1/fiches/{id}/",
    "/api/v1/palmares/",
    "/api/v1/palmares/{year}/",
    "/api/v1/palmares/{year}/carte.geojson",
    "/api/v1/referentiel/",
    "/api/v1/statistiques/{year}/",
]


def test_schema_is_valid_and_complete(tmp_path):
    file = tmp_path / "schema.yml"

    call_command("spectacular", validate=True, fail_on_warn=True, file=str(file))

    assert re.findall(r"^  (/\S+):$", file.read_text(), re.MULTILINE) == PATHS


def test_schema_describes_each_resource_in_french(client):
    schema = client.get("/api/schema/", {"format": "json"}).json()

    for path in PATHS:
        asked = schema["paths"][path]["get"]
        assert asked["summary"]
        assert asked["description"]
        assert asked["tags"]
        assert set(asked["responses"]) >= {"200", "400"}


def test_schema_is_for_everyone(client):
    answer = client.get("/api/schema/")

    assert (answer.status_code, answer["Content-Type"]) == (200, "application/vnd.oai.openapi; charset=utf-8")


def test_documentation_asks_nothing_of_another_host(client):
    answer = client.get("/api/docs/")

    page = answer.content.decode()
    assert answer.status_code == 200
    assert set(re.findall(r"(?:src|href)=\"([^\"]+)\"", page)) == {
        "/static/drf_spectacular_sidecar/swagger-ui-dist/favicon-32x32.png",
        "/static/drf_spectacular_sidecar/swagger-ui-dist/swagger-ui.css",
        "/static/drf_spectacular_sidecar/swagger-ui-dist/swagger-ui-bundle.js",
        "/static/drf_spectacular_sidecar/swagger-ui-dist/swagger-ui-standalone-preset.js",
        "/api/docs/?script=",
        "/api/schema/",
    }
    assert "<style" not in page


@pytest.mark.parametrize("url", ["/api/docs/", "/api/docs/?script="])
def test_documentation_keeps_the_strict_policy(client, url):
    policy = client.get(url)["Content-Security-Policy"]

    assert "unsafe" not in policy
    assert "script-src 'self'" in policy
