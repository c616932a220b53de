"""Where what was searched stands in a fiche: asked of PostgreSQL for the lines of one page only."""

from django.db.models import CharField, F, Func, QuerySet, Value

from atlaas.models import PublicSheet
from atlaas.models.public_sheet import FRENCH
from labels.queries.sheet_search import text_query
from labels.rules.headline import START, STOP

_MARKS = f"StartSel={START}, StopSel={STOP}"
WHOLE = f"{_MARKS}, HighlightAll=true"
PART = f'{_MARKS}, MaxFragments=1, MaxWords=32, MinWords=18, FragmentDelimiter=" … "'
# Signs of Markdown, and the marks themselves should a text hold them.
MARKDOWN = rf"[{START}{STOP}#*_`>|\[\]]+"


class Headline(Func):
    """ts_headline over a text without its Markdown signs."""

    function = "ts_headline"
    template = "ts_headline(%(config)s::regconfig, %(expressions)s)"
    output_field = CharField()

    def __init__(self, column: str, q: str, options: str) -> None:
        bare = Func(
            F(column),
            Value(MARKDOWN),
            Value(""),
            Value("g"),
            function="regexp_replace",
            output_field=CharField(),
        )
        super().__init__(bare, text_query(q), Value(options), config=f"'{FRENCH}'")


def with_headlines(sheets: QuerySet[PublicSheet], q: str) -> QuerySet[PublicSheet]:
    """Give each fiche `title_marked`, `summary_marked` and `text_marked` (see `rules.headline`); as they stand without a text."""
    lean = sheets.defer("text", "search", "service_names")
    if not q:
        return lean.annotate(title_marked=F("title"), summary_marked=F("summary"), text_marked=Value(""))
    return lean.annotate(
        title_marked=Headline("title", q, WHOLE),
        summary_marked=Headline("summary", q, WHOLE),
        text_marked=Headline("text", q, PART),
    )
