from atlaas.queries.contour import contours, territory


def test_contours_hold_the_18_regions_once_a_process():
    assert len(contours().region_codes) == 18
    assert contours() is contours()


def test_territory_of_corsica_has_one_border_between_its_two_departements():
    corsica = territory(("94",))

    assert len(corsica.rings) >= 1
    assert len(corsica.borders) >= 1


def test_territory_of_an_overseas_collectivity_is_empty():
    assert territory(("975",)).rings == ()


def test_neighbours_of_normandy():
    assert contours().neighbours("28") == ("11", "24", "32", "52", "53")
