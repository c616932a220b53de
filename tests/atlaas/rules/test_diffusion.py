from uuid import UUID

from atlaas.rules.diffusion import MARGIN, ROW, STEP, Branch, height, laid_out

A, B, C, D = (UUID(int=number) for number in range(1, 5))


def test_tree_is_read_from_the_top_each_fiche_under_its_source():
    leaves = laid_out([Branch(A, None), Branch(B, A), Branch(C, A), Branch(D, B)])

    assert [(leaf.pk, leaf.depth, leaf.parent) for leaf in leaves] == [
        (A, 0, None),
        (B, 1, A),
        (D, 2, B),
        (C, 1, A),
    ]
    assert [leaf.x for leaf in leaves] == [MARGIN, MARGIN + STEP, MARGIN + 2 * STEP, MARGIN + STEP]
    assert leaves[1].link == f"M{MARGIN} {MARGIN}V{MARGIN + ROW}H{MARGIN + STEP}"
    assert (leaves[0].label_x, leaves[0].label_y) == (MARGIN + 16, MARGIN + 5)
    assert height(leaves) == 2 * MARGIN + 3 * ROW


def test_fiche_whose_source_is_not_there_begins_a_tree():
    assert [(leaf.depth, leaf.link) for leaf in laid_out([Branch(B, A)])] == [(0, "")]


def test_nothing_is_drawn_of_nothing():
    assert (laid_out([]), height([])) == ([], MARGIN)
