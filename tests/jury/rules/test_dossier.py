"""A dossier read from its document alone."""

from jury.rules.dossier import by_enjeu, merged, read
from jury.rules.self_assessment import proposed
from labels.rules.snapshot import canonical
from tests.factories.dossier import a_document, a_mosaic, a_sheet, sheet_key


def dossier(year=2030, sheets=(), answers=(), **facts):
    return read(canonical(a_document(year, sheets, answers, **facts)))


def test_an_empty_document_is_read():
    found = read("{}")

    assert (found.name, list(found.sheets), found.answers, found.mosaic.total) == ("", [], [], 0)
    assert (found.counted, proposed(found), by_enjeu(found)) == ("au dépôt", None, [])


def test_what_a_document_holds():
    found = dossier(sheets=[a_sheet("a")], answers={"un": ["x", "y"], "deux": 3})

    assert (found.number, found.year, found.population) == ("2030-00001", 2030, 1840)
    assert found.counted == "le 15\u00a0novembre 2029, au dépôt"
    assert found.people == [("Dominique Exemple", "Maire")]
    assert [one.told for one in found.answers] == ["x · y", "3"]
    assert found.covered == {"ESS-01"}


def test_fiches_stand_under_their_first_enjeu_and_the_rest_last():
    sheets = [
        a_sheet("a"),
        a_sheet("b", services=["VIEUX-01"]),
        a_sheet("c", services=["AUT-01", "ESS-02", "ESS-01"]),
    ]
    other = {"code": "AUT", "name": "Autre enjeu", "tiles": [{"code": "AUT-01", "name": "Un tiers service"}]}
    mosaic = a_mosaic(2)
    mosaic["families"][0]["enjeux"].append(other)

    found = by_enjeu(dossier(sheets=sheets, mosaic=mosaic))

    assert [(one.name, [(row.sheet.title, row.also) for row in one.sheets]) for one in found] == [
        ("Enjeu d’essai", [("Fiche a", []), ("Fiche c", ["Autre enjeu"])]),
        ("Hors du référentiel de l’édition", [("Fiche b", [])]),
    ]


def test_a_fiche_tells_the_rest_without_who_to_write_to():
    sheet = a_sheet("a", partners="La MJC", contact_email="x@exemple.test")
    found = dossier(sheets=[sheet])

    told = dict(found.sheets[sheet_key("a")].facts(found.service_names))

    assert told == {
        "Nature": "initiative",
        "Qui la conduit": "la collectivité elle-même",
        "Début": "1er\u00a0mars 2024",
        "Toujours en cours": "oui",
        "Avec": "La MJC",
        "Services": "Le premier service",
    }


def test_dossiers_of_those_that_became_one_are_one():
    first = dossier(2029, [a_sheet("a")], mosaic=a_mosaic(1), mayor_word="Bonjour.")
    other = dossier(2029, [a_sheet("b")], mosaic=a_mosaic(0), collectivity={"name": "Autreville"})

    found = merged([first, other])

    assert (merged([]), merged([first])) == (None, first)
    assert (found.name, found.mayor_word) == ("Exempleville et Autreville", "Bonjour.")
    assert set(found.sheets) == {sheet_key("a"), sheet_key("b")}


def test_a_level_is_proposed_with_its_reasons():
    found = proposed(dossier(sheets=[a_sheet("a")]))

    assert found.level == 1
    assert found.reasons == (
        "1\u00a0service dans 1\u00a0enjeu par une fiche qui compte",
        "1 @ en demande 1\u00a0service dans 1\u00a0enjeu",
        "pour 2 @, il manque 15\u00a0services, dont au moins 5 dans autant d’enjeux nouveaux",
    )


def test_nothing_covered_is_no_level():
    assert proposed(dossier()).level == 0


def test_the_highest_level_lacks_nothing():
    book = {"service_steps": [1] * 5, "enjeu_steps": [1] * 5}

    found = proposed(dossier(sheets=[a_sheet("a")], rulebook=book))

    assert (found.level, len(found.reasons)) == (5, 2)
