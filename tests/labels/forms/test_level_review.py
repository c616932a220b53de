import pytest

from labels.forms.level_review import Choice, LevelReviewForm


def form(**fields):
    return LevelReviewForm({"raison": "affiche du congrès", "versions": "7:1 8:3", **fields})


def test_only_chosen_lines_are_read_with_their_version():
    asked = form(**{"niveau-8": "5", "niveau-7": ""})

    assert asked.is_valid()
    assert asked.choices() == [Choice(award=8, level=5, version=3)]


@pytest.mark.parametrize("level", ["0", "6", "-1", "5.0", "cinq", "５"])
def test_level_out_of_scale_chooses_nothing(level):
    asked = form(**{"niveau-7": level})

    assert asked.non_field_errors() == [
        "Aucun niveau n’est choisi : choisissez-en un sur une ligne au moins, puis enregistrez."
    ]


def test_line_that_was_not_shown_is_not_read():
    assert form(**{"niveau-7": "4", "niveau-9": "5"}).is_valid()
    asked = form(**{"niveau-7": "4", "niveau-9": "5"})
    asked.is_valid()

    assert asked.choices() == [Choice(award=7, level=4, version=1)]


@pytest.mark.parametrize("versions", ["", "7", "7:1,8:3", "7:1 8:", "x:y", "7:1 " + "9" * 20 + ":1", "٧:1"])
def test_unreadable_versions_are_refused(versions):
    asked = form(versions=versions, **{"niveau-7": "4"})

    assert set(asked.errors) == {"versions"}


@pytest.mark.parametrize("reason", ["", "   ", "x" * 301])
def test_reason_is_owed_and_short(reason):
    assert "raison" in form(raison=reason, **{"niveau-7": "4"}).errors
