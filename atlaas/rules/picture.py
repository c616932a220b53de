"""Pictures made by typst: a template and facts in, a PNG out; the same input makes the same picture."""

import json
import re
from base64 import b64decode
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from xml.sax.saxutils import escape

import typst

_NESTED = re.compile(
    r'<image transform="(?P<at>[^"]*)" xlink:href="data:image/svg\+xml;base64,(?P<data>[^"]*)" '
    r'(?P<size>width="[^"]*" height="[^"]*" preserveAspectRatio="none")/>'
)

_GLYPH = re.compile(r"\bg[0-9A-F]{32}\b")
_PATH = re.compile(r' d="[^"]*"')
_DECIMALS = re.compile(r"(\.\d\d)\d+")


@cache
def fonts() -> typst.Fonts:
    """Source Sans Pro, which comes as a package: nothing is asked of the system."""
    spec = find_spec("font_source_sans_pro")
    if spec is None or spec.origin is None:
        raise RuntimeError("the package font-source-sans-pro is not installed")
    return typst.Fonts(include_system_fonts=False, font_paths=[Path(spec.origin).parent / "files"])


def png(template: str, facts: object, *, ppi: int = 72) -> bytes:
    """One page. The facts reach the template as JSON (`json(bytes(sys.inputs.facts))`), never as markup."""
    made = typst.compile(
        template.encode(),
        font_paths=fonts(),
        format="png",
        ppi=ppi,
        sys_inputs={"facts": json.dumps(facts, ensure_ascii=False)},
    )
    if not isinstance(made, bytes):
        raise TypeError("the picture has several pages")
    return made


def svg(template: str, facts: object, *, title: str) -> bytes:
    """One page as a drawing whose letters are outlines: it looks the same where the font is not. `title` says what it shows."""
    made = typst.compile(
        template.encode(),
        font_paths=fonts(),
        format="svg",
        sys_inputs={"facts": json.dumps(facts, ensure_ascii=False)},
    )
    if not isinstance(made, bytes):
        raise TypeError("the drawing has several pages")
    opening, rest = _inlined(made.decode()).split(">", 1)
    return f'{opening} role="img"><title>{escape(title)}</title>{rest}'.encode()


def _inlined(drawing: str) -> str:
    """Drawings in a drawing as plain shapes, for printers' tools read no data address; without what weighs and says nothing."""
    shapes = _NESTED.sub(_shapes, drawing).replace(' fill-rule="nonzero"', "")
    names = {name: f"g{rank}" for rank, name in enumerate(dict.fromkeys(_GLYPH.findall(shapes)))}
    shapes = _GLYPH.sub(lambda found: names[found[0]], shapes)
    return _PATH.sub(lambda path: _DECIMALS.sub(r"\1", path[0]), shapes)


def _shapes(image: re.Match[str]) -> str:
    inner = b64decode(image["data"]).decode().replace("<svg ", f"<svg {image['size']} ", 1)
    return f'<g transform="{image["at"]}">{inner}</g>'
