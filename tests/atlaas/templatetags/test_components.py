import json

from atlaas.templatetags.components import json_ld


def test_json_ld_cannot_end_its_script():
    written = json_ld({"name": "</script><script>alert(1)</script>", "and": "a & b"})

    assert written.count("<") == 2
    assert "&" not in written
    inside = written.removeprefix('<script type="application/ld+json">').removesuffix("</script>")
    assert json.loads(inside) == {"name": "</script><script>alert(1)</script>", "and": "a & b"}
