import pytest

from atlaas.checks import no_demo_in_production


@pytest.mark.parametrize(("is_demo", "found"), [(True, ["atlaas.E001"]), (False, [])])
def test_demo_is_refused_in_a_deployment(settings, is_demo, found):
    settings.DEMO = is_demo

    assert [error.id for error in no_demo_in_production(None)] == found
