"""Small sealed documents, whole and invented: a palmarès of three places, and the evidence of its jury."""

from jury.rules import seal
from jury.rules.replay import File
from labels.rules import palmares
from labels.rules.bundle import closed, digest

SALT = "5a" * 32
KEYS = {"d1": "14118", "d2": "200000001", "d3": "97608"}


LIMITS = {
    "coverage": [[1, 1], [16, 6], [29, 9], [45, 12], [65, 14]],
    "scores": [0, 100, 175, 250, 325],
}


def told(*raw):
    """What the sitting was told of a dossier."""
    opinions = [
        {"juror": f"j{at}", "raw": one, "normalised": one, "level": 3} for at, one in enumerate(raw, 1)
    ]
    return {"limits": LIMITS, "services": 30, "enjeux": 10, "opinions": opinions}


def decision(level, evidence, **facts):
    votes = {"for": 5, "against": 0, "abstentions": 1}
    plain = {"is_ten": False, "mentions": [], "votes": votes, "proposed": 3, "is_fragile": False}
    return {"level": level, "evidence": evidence, **plain, **facts}


def dossier(key, code):
    return {
        "code": code,
        "category": "territoire" if key == "d2" else "ville",
        "snapshot": {"number": f"2030-{key}", "rank": 1, "sha256": "2" * 64},
        "tiles": {f"E{one}": {f"S{one}{other}": 1 + other for other in range(3)} for one in range(10)},
        "ten": "unproved",
        "mentions": {"art": 2},
    }


def evidence():
    """Three dossiers, two jurors: d1 is decided as proposed, d2 below, d3 was scored by nobody."""
    given = {
        "j1": {"level": 3, "scores": {"ville/a": 3, "ville/b": 2}},
        "j2": {"level": 2, "scores": {"ville/a": 2}},
    }
    return {
        "minutes": {"sha256": "0" * 64, "journal": {"lines": 12, "sha256": "1" * 64}},
        "sitting": {"opened_at": "2030-12-12T08:00:00+00:00", "closed_at": "2030-12-12T17:00:00+00:00"},
        "limits": LIMITS,
        "grid": {"ville/a": 2, "ville/b": 1},
        "habits": {"common": ["2", "1/4"], "j1": ["5/2", "1/4"], "j2": ["2", "0"]},
        "dossiers": {key: dossier(key, code) for key, code in KEYS.items()},
        "evaluations": {"d1": given, "d2": {"j1": {"level": 4, "scores": {}}}},
        "decisions": {
            "d1": decision(3, told("8/3", "2"), mentions=["art"]),
            "d2": decision(2, told()),
            "d3": decision(5, told(), is_ten=True),
        },
    }


def inputs(jury=""):
    """Of a palmarès: a commune, an EPCI of two communes, a commune of Mayotte; the edition before is known."""
    awards = seal.awards_of(evidence())
    here = {"region": "28", "departement": "14"}
    places = {
        "14118": {"name": "Caen", **here, "communes": ["14118"], "members": []},
        "200000001": {
            "name": "CC du Bocage",
            **here,
            "communes": ["14001", "14118"],
            "members": ["14001", "14118"],
        },
        "97608": {
            "name": "Mamoudzou",
            "region": "06",
            "departement": "976",
            "communes": ["97608"],
            "members": [],
        },
    }
    known = {"level": 5, "is_certain": True, "is_there": True}
    return {
        "edition": {"year": 2030, "ceremony_on": "2031-02-04", "is_demo": False},
        "rulebook": {"ten_run_over": 7, "ten_counts_current": True, "ten_held_for": 3},
        "grid": {"ville": {"a": {"name": "A", "weight": 2, "anchors": list("01234")}}},
        "referential": {"S00": {"name": "Service", "enjeu": "E0"}, "S10": {"name": "Autre", "enjeu": "E1"}},
        "themes": {"art": "Art"},
        "awards": awards,
        "places": places,
        "inhabitants": {"14001": 900, "14118": 105000, "97608": 71000},
        "judged": {
            "14118": {"sheets": {"f1": "aa", "f2": "bb"}, "services": {"S00": 2, "S10": 1}},
            "97608": {"sheets": {"f3": "cc"}, "services": {"S00": 1}},
        },
        "before": {"14118": {"sheets": {"f1": "aa"}, "services": {"S00": 1}}},
        "holders": {"97608": [{"region": "06", "departement": "976", "category": "ville"}]},
        "heirs": {"OLD": ["S00"]},
        "history": {"97608": {str(year): known for year in range(2023, 2030)}},
        "jury": {"sha256": jury},
    }


def annex():
    return closed(evidence(), salt=SALT, code="c" * 64, rule=seal.outputs_of)


def bundle(jury=""):
    return closed(inputs(jury), salt=SALT, code="c" * 64, rule=palmares.outputs_of)


def a_file():
    """What an organiser downloads."""
    given = annex()
    told = bundle(digest(given))
    return File(told, digest(told), given)
