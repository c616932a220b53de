import pytest
from django.template import Context, Template

from atlaas.rules.text import NARROW, WIDE


@pytest.mark.parametrize(
    ("source", "value", "shown"),
    [
        ("{{ v|grouped }}", 62868, f"62{NARROW}868"),
        ("{{ v|grouped }}", None, "–"),
        ("{{ v|millions }}", 4_437_210, "4,4"),
        ('{{ v|counted:"enjeu,enjeux" }}', 16, f"16{WIDE}enjeux"),
        ("{{ v|french }}", "L'essai <b>!", "L’essai &lt;b&gt;!"),
        ("{{ v|french }}", 'dit "oui" !', f"dit &quot;oui&quot;{NARROW}!"),
    ],
)
def test_filter_writes_french(source, value, shown):
    assert Template(source).render(Context({"v": value})) == shown
