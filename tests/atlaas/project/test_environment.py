import pytest

from atlaas.project.environment import (
    Mailer,
    MisconfiguredEnvironment,
    Postgres,
    ProConnect,
    broker_url,
    flag,
    required,
    words,
)


def test_postgres_address_over_tcp_is_read():
    assert Postgres.parse("postgres://moi:p%40ss@db:5433/atlaas") == Postgres(
        "atlaas", "moi", "p@ss", "db", "5433"
    )


def test_postgres_address_over_a_socket_is_read():
    assert Postgres.parse("postgresql://moi@/atlaas?host=/run/pg") == Postgres(
        "atlaas", "moi", "", "/run/pg", ""
    )


@pytest.mark.parametrize("url", ["", "mysql://moi@db/atlaas", "postgresql://db", "postgresql://db/"])
def test_postgres_address_that_names_no_database_is_refused(url):
    with pytest.raises(MisconfiguredEnvironment):
        Postgres.parse(url)


@pytest.mark.parametrize(
    ("address", "spelt"),
    [
        ("redis://cache:6379/1", "redis://cache:6379/1"),
        ("unix:///run/valkey.sock?db=3", "redis+socket:///run/valkey.sock?virtual_host=3"),
        ("unix:///run/valkey.sock", "redis+socket:///run/valkey.sock?virtual_host=0"),
    ],
)
def test_broker_address_is_spelt_for_celery(address, spelt):
    assert broker_url(address) == spelt


@pytest.mark.parametrize(
    ("value", "on"), [("1", True), ("Yes", True), ("0", False), ("", False), ("perhaps", False)]
)
def test_flag_is_on_only_when_said(value, on, monkeypatch):
    monkeypatch.setenv("ATLAAS_DEMO", value)

    assert flag("ATLAAS_DEMO") is on


def test_required_variable_missing_stops_the_start(monkeypatch):
    monkeypatch.delenv("ATLAAS_SECRET_KEY", raising=False)

    with pytest.raises(MisconfiguredEnvironment, match="ATLAAS_SECRET_KEY"):
        required("ATLAAS_SECRET_KEY")


def test_words_are_split_by_commas_and_spaces(monkeypatch):
    monkeypatch.setenv("ATLAAS_ALLOWED_HOSTS", "a.fr, b.fr c.fr")

    assert words("ATLAAS_ALLOWED_HOSTS") == ["a.fr", "b.fr", "c.fr"]


@pytest.mark.parametrize(
    ("url", "read"),
    [
        ("smtp://localhost", Mailer("localhost", 25, "", "", use_tls=False)),
        (
            "smtp+tls://moi:p%40ss@mail.exemple.test",
            Mailer("mail.exemple.test", 587, "moi", "p@ss", use_tls=True),
        ),
        ("smtp+tls://mail.exemple.test:2525", Mailer("mail.exemple.test", 2525, "", "", use_tls=True)),
    ],
)
def test_mail_server_is_read(url, read):
    assert Mailer.parse(url) == read


@pytest.mark.parametrize("url", ["", "http://mail", "smtp://"])
def test_mail_server_that_names_no_host_is_refused(url):
    with pytest.raises(MisconfiguredEnvironment):
        Mailer.parse(url)


PROCONNECT = {"URL": "https://auth.exemple.test/api/v2", "CLIENT_ID": "atlaas", "CLIENT_SECRET": "s"}


@pytest.fixture
def proconnect(monkeypatch):
    for name, value in PROCONNECT.items():
        monkeypatch.setenv(f"ATLAAS_PROCONNECT_{name}", value)
    return monkeypatch


def test_proconnect_is_read(proconnect):
    read = ProConnect.read()

    assert read == ProConnect(*PROCONNECT.values())
    assert [app["provider_id"] for app in read.apps] == ["proconnect"]
    assert read.origins == ["https://auth.exemple.test"]


def test_without_proconnect_there_is_no_app_and_no_origin(proconnect):
    for name in PROCONNECT:
        proconnect.delenv(f"ATLAAS_PROCONNECT_{name}")

    assert (ProConnect.read().apps, ProConnect.read().origins) == ([], [])


@pytest.mark.parametrize("missing", PROCONNECT)
def test_half_of_proconnect_stops_the_start(proconnect, missing):
    proconnect.delenv(f"ATLAAS_PROCONNECT_{missing}")

    with pytest.raises(MisconfiguredEnvironment, match="go together"):
        ProConnect.read()
