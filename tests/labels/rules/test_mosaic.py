from labels.rules.mosaic import Place, Tile, arranged, as_json, from_json, in_force


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


def test_a_service_with_a_fiche_is_concerned_whatever_was_said():
    rows = [
        Tile("S1", "Un", 1, is_concerned=False),
        Tile("S2", "Deux"),
        Tile("S3", "Trois", is_concerned=False),
    ]
    mosaic = arranged(Place("F", "E", "Enjeu", tile) for tile in rows)
    (enjeu,) = mosaic.enjeux

    assert [(one.is_aside, one.is_gap) for one in rows] == [(False, False), (False, True), (True, False)]
    assert (enjeu.covered, enjeu.concerned, mosaic.aside) == (1, 2, 1)


def test_coverage_never_exceeds_what_is_concerned():
    rows = [Tile(f"S{n}", "x", n, is_concerned=False) for n in range(3)]
    (enjeu,) = arranged(Place("F", "E", "Enjeu", tile) for tile in rows).enjeux

    assert (enjeu.covered, enjeu.concerned) == (2, 2)


def test_totals_are_those_of_the_referentiel():
    found = picture()

    assert (found.total, found.total_enjeux, found.aside) == (3, 2, 1)
    assert (found.compares, found.is_proposal, arranged([]).compares) == (True, True, False)


def test_codes_of_an_older_referentiel_are_those_that_replace_them():
    heirs = {"A": ["B", "C"], "C": ["D"], "R": ["S"], "S": ["R"]}

    assert in_force(["A", "E", "X", "R"], {"B", "D", "E"}, heirs) == {"B", "D", "E"}
    assert in_force(["A"], {"A", "B"}, heirs) == {"A"}
