"""What the environment says, read in one place: addresses of the services, switches, secrets."""

import os
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit


class MisconfiguredEnvironment(Exception):
    """A variable that the platform cannot start without is missing or unreadable."""


def flag(name: str) -> bool:
    return os.environ.get(name, "").strip().lower() in {"1", "true", "yes", "on"}


def text(name: str) -> str:
    return os.environ.get(name, "").strip()


def words(name: str, default: str = "") -> list[str]:
    return [word for word in os.environ.get(name, default).replace(",", " ").split() if word]


def required(name: str) -> str:
    value = text(name)
    if not value:
        raise MisconfiguredEnvironment(f"{name} is not set: see docs/deployment.md")
    return value


@dataclass(frozen=True)
class Postgres:
    """The parts of `postgresql://user:password@host:port/name?host=/socket/folder`."""

    name: str
    user: str
    password: str
    host: str
    port: str

    @classmethod
    def parse(cls, url: str) -> "Postgres":
        parts = urlsplit(url)
        if parts.scheme not in {"postgres", "postgresql"} or not parts.path.strip("/"):
            raise MisconfiguredEnvironment("DATABASE_URL must read postgresql://user:password@host:port/name")
        query = parse_qs(parts.query)
        return cls(
            name=unquote(parts.path.lstrip("/")),
            user=unquote(parts.username or query.get("user", [""])[0]),
            password=unquote(parts.password or ""),
            host=query.get("host", [unquote(parts.hostname or "")])[0],
            port=str(parts.port or query.get("port", [""])[0]),
        )


@dataclass(frozen=True)
class Mailer:
    """The parts of `smtp://user:password@host:port`; `smtp+tls:` encrypts by STARTTLS."""

    host: str
    port: int
    user: str
    password: str
    use_tls: bool

    @classmethod
    def parse(cls, url: str) -> "Mailer":
        parts = urlsplit(url)
        if parts.scheme not in {"smtp", "smtp+tls"} or not parts.hostname:
            raise MisconfiguredEnvironment(
                "ATLAAS_MAIL_URL must read smtp://user:password@host:port or smtp+tls://…"
            )
        use_tls = parts.scheme == "smtp+tls"
        user, password = unquote(parts.username or ""), unquote(parts.password or "")
        return cls(parts.hostname, parts.port or (587 if use_tls else 25), user, password, use_tls)


@dataclass(frozen=True)
class ProConnect:
    """The State's sign-in for public agents; without an issuer there is none.

    The issuer is the address before `/.well-known/openid-configuration`, as ProConnect writes it in its tokens.
    """

    issuer: str
    client_id: str
    client_secret: str

    @classmethod
    def read(cls) -> "ProConnect":
        names = ("ATLAAS_PROCONNECT_URL", "ATLAAS_PROCONNECT_CLIENT_ID", "ATLAAS_PROCONNECT_CLIENT_SECRET")
        parts = [text(name) for name in names]
        if any(parts) and not all(parts):
            raise MisconfiguredEnvironment(f"{', '.join(names[:-1])} and {names[-1]} go together")
        return cls(*parts)

    @property
    def apps(self) -> list[dict[str, object]]:
        """What allauth calls an app; `identity` is what the adapter makes of the issuer and the subject."""
        if not self.issuer:
            return []
        facts = {
            "server_url": self.issuer,
            "uid_field": "identity",
            "token_auth_method": "client_secret_post",
        }
        scope = ["openid", "given_name", "usual_name", "email"]
        return [
            {
                "provider_id": "proconnect",
                "name": "ProConnect",
                "client_id": self.client_id,
                "secret": self.client_secret,
                "settings": facts | {"scope": scope},
            }
        ]

    @property
    def origins(self) -> list[str]:
        """Where a form may lead, as the Content-Security-Policy asks."""
        parts = urlsplit(self.issuer)
        return [f"{parts.scheme}://{parts.netloc}"] if self.issuer else []


def broker_url(redis_url: str) -> str:
    """Rewrite the address of Redis or Valkey as Celery spells it: a unix socket has its own scheme."""
    parts = urlsplit(redis_url)
    if parts.scheme != "unix":
        return redis_url
    number = parse_qs(parts.query).get("db", ["0"])[0]
    return f"redis+socket://{parts.path}?virtual_host={number}"


def package_folder(name: str) -> Path:
    """Where an installed package lies, found without importing it."""
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        raise MisconfiguredEnvironment(f"The package {name} is not installed: see requirements/base.txt")
    return Path(spec.origin).parent
