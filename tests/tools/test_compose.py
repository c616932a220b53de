"""docker-compose.yml cannot be run everywhere: its services, variables and commands agree with the code."""

import importlib
import re
from pathlib import Path

import pytest
import yaml

from atlaas.project.environment import Postgres

ROOT = Path(__file__).resolve().parents[2]
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES = COMPOSE["services"]
OURS = {"migrate", "web", "worker", "beat"}


def test_services_are_the_platform_and_what_it_stands_on():
    assert set(SERVICES) == OURS | {"postgres", "valkey", "nginx"}


@pytest.mark.parametrize("name", sorted(OURS))
def test_variables_are_those_that_settings_read(name):
    source = "".join(
        (ROOT / "atlaas" / "project" / file).read_text() for file in ("settings.py", "environment.py")
    )
    known = set(re.findall(r'"((?:ATLAAS_[A-Z_]+|DATABASE_URL|REDIS_URL))"', source))

    assert set(SERVICES[name]["environment"]) - known == set()
    assert {"ATLAAS_SECRET_KEY", "DATABASE_URL", "REDIS_URL", "ATLAAS_ALLOWED_HOSTS"} <= set(
        SERVICES[name]["environment"]
    )
    assert "ATLAAS_DEMO" not in SERVICES[name]["environment"]


def test_addresses_name_the_services():
    database = Postgres.parse(
        SERVICES["web"]["environment"]["DATABASE_URL"].replace("${POSTGRES_PASSWORD:?}", "x")
    )
    facts = SERVICES["postgres"]["environment"]

    assert (database.host, database.name, database.user) == (
        "postgres",
        facts["POSTGRES_DB"],
        facts["POSTGRES_USER"],
    )
    assert SERVICES["web"]["environment"]["REDIS_URL"].split("/")[2] == "valkey:6379"


@pytest.mark.parametrize("name", ["worker", "beat"])
def test_celery_commands_name_our_application(name):
    program, option, application, command, *_ = SERVICES[name]["command"]

    assert (program, option, command) == ("celery", "-A", name)
    assert importlib.import_module(f"{application}.celery").app.main == "atlaas"


def test_web_serves_our_wsgi_application_on_the_port_that_nginx_asks():
    command = re.search(r"^CMD \[(.+)\]$", (ROOT / "Dockerfile").read_text(), re.MULTILINE).group(1)
    module, attribute = re.search(r'"([\w.]+):(\w+)"', command).groups()

    assert callable(getattr(importlib.import_module(module), attribute))
    assert '"0.0.0.0:8000"' in command
    assert "server web:8000;" in (ROOT / "docker" / "nginx.conf").read_text()


def test_every_condition_names_a_service_that_can_meet_it():
    for service in SERVICES.values():
        for name, needed in service.get("depends_on", {}).items():
            if needed["condition"] == "service_healthy":
                assert "healthcheck" in SERVICES[name]
            else:
                assert SERVICES[name]["restart"] == "no"


def test_volumes_are_declared():
    named = [mount.split(":")[0] for service in SERVICES.values() for mount in service.get("volumes", [])]

    assert {name for name in named if not name.startswith(".")} == set(COMPOSE["volumes"])
    assert all((ROOT / name).exists() for name in named if name.startswith("."))


def test_image_takes_every_app_and_no_state():
    kept = (ROOT / ".dockerignore").read_text().split()
    apps = [path.parent.name for path in ROOT.glob("*/apps.py")]

    assert [name for name in (*apps, "templates", "static", "manage.py") if f"!{name}" not in kept] == []
    assert "!var" not in kept
