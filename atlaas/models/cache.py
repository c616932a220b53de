"""The table of Django's cache: in the database, so that limits of sign-in hold for every process, and without the broker.

It is a model so that migrations make it and tests empty it.
"""

from django.db import models


class CacheEntry(models.Model):
    """One entry, read and written by Django's `DatabaseCache` only: counters of the limits of sign-in."""

    cache_key = models.CharField("clé", max_length=255, primary_key=True)
    value = models.TextField("valeur")
    expires = models.DateTimeField("expire le", db_index=True)

    class Meta:
        verbose_name = "entrée du cache"
        verbose_name_plural = "entrées du cache"

    def __str__(self):
        return self.cache_key
