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


def test_a_mirror_says_strong_points_and_gaps():
    rows = [("Un", 1, 2), ("Deux", 4, 4), ("Trois", 1, 3), ("Quatre", 0, 3), ("Cinq", 3, 4), ("Six", 2, 3)]
    aside = Place("F", "Sept", "Sept", Tile("z", "x", is_concerned=False))
    places = [
        Place("F", name, name, Tile(f"{name}{rank}", "x", count=int(rank < covered)))
        for name, covered, concerned in rows
        for rank in range(concerned)
    ]
    picture = arranged([*places, aside])

    assert [one.name for one in picture.strong] == ["Deux", "Cinq", "Six"]
    assert [one.name for one in picture.bare] == ["Quatre"]
