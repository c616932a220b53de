"""Whether what the platform stands on answers, each asked with a short time limit."""

import datetime as dt
from dataclasses import asdict, dataclass

import redis
from django.conf import settings
from django.db import DatabaseError, connection
from django.db.models.functions import Now
from redis.backoff import NoBackoff
from redis.retry import Retry

from atlaas.models import Heartbeat

BEAT = "beat"
BEAT_AT_LEAST_EVERY = dt.timedelta(minutes=2)
BROKER_ANSWERS_WITHIN = 1.0  # seconds


@dataclass(frozen=True, slots=True)
class Readiness:
    """What answers; the last beat proves that beat, broker, worker and database work together."""

    database: bool
    broker: bool
    beat: bool

    def checks(self) -> dict[str, bool]:
        return asdict(self)

    def __bool__(self) -> bool:
        return self.database and self.broker and self.beat


def readiness() -> Readiness:
    database, beat = _database_and_beat()
    return Readiness(database=database, broker=broker_answers(), beat=beat)


def broker_answers() -> bool:
    """Ask Redis (or Valkey) once, without trying again."""
    limits = {"socket_timeout": BROKER_ANSWERS_WITHIN, "socket_connect_timeout": BROKER_ANSWERS_WITHIN}
    try:
        with redis.Redis.from_url(settings.REDIS_URL, retry=Retry(NoBackoff(), 0), **limits) as client:
            return bool(client.ping())
    except redis.RedisError:
        return False


def _database_and_beat() -> tuple[bool, bool]:
    """One query tells both; a database without its tables is not ready either."""
    try:
        recent = Heartbeat.objects.filter(name=BEAT, at__gte=Now() - BEAT_AT_LEAST_EVERY).exists()
    except DatabaseError:
        connection.close()
        return False, False
    return True, recent
