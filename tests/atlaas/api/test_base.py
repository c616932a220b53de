from django.template.loader import render_to_string

from atlaas.api.base import ATTRIBUTION


def test_attribution_is_the_one_of_the_pages():
    assert ATTRIBUTION in render_to_string("components/sources.html").replace("&nbsp;", "\u00a0")
