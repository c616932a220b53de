import pytest

from labels.rules.certificate import Held, State, Vintage, changes


@pytest.mark.parametrize(
    ("newest", "is_latest", "words"),
    [
        (2025, True, "Millésime 2025\u00a0: c’est le dernier palmarès proclamé."),
        (
            2027,
            False,
            "Millésime 2025. L’édition 2027 est proclamée depuis\u00a0: ce niveau reste celui de 2025.",
        ),
    ],
)
def test_level_is_dated_and_never_over(newest, is_latest, words):
    vintage = Vintage(2025, newest)

    assert (vintage.is_latest, vintage.words) == (is_latest, words)


@pytest.mark.parametrize(
    ("newest", "state"), [(2025, "en vigueur"), (2027, "en vigueur"), (2028, "échu"), (2031, "échu")]
)
def test_title_is_over_once_the_edition_after_its_last_is_proclaimed(newest, state):
    assert Held(2025, 3, newest).state == state


def test_title_tells_its_editions_and_its_end():
    assert Held(2025, 3, 2025).words == (
        "Obtenu en 2025 pour les éditions 2025, 2026 et 2027\u00a0: il vaut jusqu’à la proclamation de l’édition 2028."
    )
    assert Held(2025, 1, 2026).words == (
        "Obtenu en 2025 pour l’édition 2025\u202f; l’édition 2026 est proclamée depuis."
    )


@pytest.mark.parametrize(
    ("after", "told"),
    [
        (State(4, False, False, "ville"), []),
        (State(5, True, False, "ville"), ["niveau\u00a0: 4 ou 5\u00a0@ (à confirmer), puis 5\u00a0@"]),
        (
            State(5, True, True, "ville"),
            ["niveau\u00a0: 4 ou 5\u00a0@ (à confirmer), puis 5\u00a0@", "titre TEN ajouté"],
        ),
        (State(4, False, False, "village"), ["catégorie\u00a0: ville, puis village"]),
        (State(None, True, False, "ville"), ["niveau\u00a0: 4 ou 5\u00a0@ (à confirmer), puis non attesté"]),
    ],
)
def test_changes_tell_what_was_corrected(after, told):
    assert changes(State(4, False, False, "ville"), after) == told


def test_changes_tell_a_title_that_is_taken_back():
    assert changes(State(5, True, True, "ville"), State(5, True, False, "ville")) == ["titre TEN retiré"]
