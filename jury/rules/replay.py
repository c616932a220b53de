"""Compute again what the file of a seal says, from its inputs alone; name the first thing that does not hold."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from jury.rules import seal
from labels.rules import palmares
from labels.rules.bundle import difference, digest, first_difference


@dataclass(frozen=True, slots=True)
class File:
    """The bundle, its digest as it was told, and the jury's annex for whoever may read it."""

    bundle: Mapping[str, Any]
    sha256: str
    annex: Mapping[str, Any] | None = None

    @classmethod
    def of(cls, facts: object) -> "File":
        """`ValueError` for what is no such file."""
        if not isinstance(facts, dict) or not {"bundle", "sha256"} <= facts.keys() <= {
            "bundle",
            "sha256",
            "annex",
        }:
            raise ValueError("a file of a seal holds `bundle`, `sha256`, and `annex` or not")
        return cls(facts["bundle"], facts["sha256"], facts.get("annex"))

    def facts(self) -> dict[str, Any]:
        told = {"bundle": self.bundle, "sha256": self.sha256}
        return told if self.annex is None else told | {"annex": self.annex}


@dataclass(frozen=True, slots=True)
class Replayed:
    """`why` says what does not hold; the digest is of what was computed again."""

    sha256: str
    why: str = ""


def replayed(file: File, *, sha256: str = "") -> Replayed:
    """`sha256` is the digest to be found, when it is known from elsewhere than the file."""
    if why := first_difference(file.bundle, palmares.outputs_of) or _annex_differs(file):
        return Replayed("", why)
    found = digest(file.bundle)
    for place, told in (("sha256", file.sha256), ("the digest that was told", sha256 or found)):
        if told != found:
            return Replayed(found, f"{place}: {told}, computed {found}")
    return Replayed(found)


def _annex_differs(file: File) -> str:
    """What the jury gave must be what the bundle holds the digest of, and its decisions the awards that were sealed."""
    annex = file.annex
    if annex is None:
        return ""
    if why := first_difference(annex, seal.outputs_of) or seal.first_contradiction(
        annex["inputs"], annex["outputs"]
    ):
        return f"annex.{why}"
    if digest(annex) != file.bundle["inputs"]["jury"]["sha256"]:
        return "annex: not the one that was sealed"
    return difference(file.bundle["inputs"]["awards"], annex["outputs"]["awards"], "inputs.awards")
