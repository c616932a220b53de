from labels.rules.mosaic import Place, Tile, arranged, as_json, from_json


def picture():
    return arranged(
        [
            Place("Vivre", "E1", "Santé", Tile("S1", "Un", 6, 2)),
            Place("Vivre", "E1", "Santé", Tile("S2", "Deux", is_concerned=False)),
            Place("Bâtir", "E2", "Ville", Tile("S3", "Trois")),
        ]
    )


def test_as_json_comes_back_the_same():
    assert from_json(as_json(picture())) == picture()


def test_tiles_say_strength_difference_and_gap():
    facts = [(one.strength, one.difference, one.is_gap) for one in picture().tiles]

    assert facts == [(4, 4, False), (0, None, False), (0, None, True)]


def test_enjeux_count_covered_services():
    assert [one.covered for one in picture().enjeux] == [1, 0]
