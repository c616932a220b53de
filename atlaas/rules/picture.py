"""Pictures made by typst: a template and facts in, a PNG out; the same input makes the same picture."""

import json
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import typst


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
