"""Readers of a press kit: its list and its table of régions, as the page and the PDF show them.

`press_kit_pdf_list` and its neighbours answer what a reader of `test_totals` answers: laureates by région, by category, in all.
"""

import re
from collections import Counter

from labels.operations.press_kit import make
from tests.pdf import SPACES, pages_of

PAGE, PDF = "/palmares/2025/dossier-de-presse/", "/palmares/2025/dossier-de-presse.pdf"
CATEGORIES = ("ville", "village", "territoire")
LEVEL = r"(?:4 ou 5|[1-5]) @(?: \*)?"
LINE = re.compile(
    rf"(?P<name>.+?) (?P<category>ville|village|territoire)(?P<ten> TEN)?(?P<mentions>(?:, mention .+?)*) (?P<level>{LEVEL})(?= |$)"
)
HEAD, FOOT = (
    re.compile(r"^[^@\d]{3,40} \(suite\) "),
    re.compile(r"Label Villes Internet · dossier de presse \d{4} \d+ / \d+"),
)


def plain(words):
    return SPACES.sub(" ", words).strip()


def pdf_of(client):
    """The PDF as a visitor gets it, once the worker has made it."""
    make("2025")
    return client.get(PDF).content


def words_of(client):
    """The words of the PDF, without what stands at the head and at the foot of its pages."""
    pages = [FOOT.sub("", page).strip() for page in pages_of(pdf_of(client))]
    return plain(" ".join(HEAD.sub("", page) for page in pages))


def figure(cell):
    return 0 if cell == "–" else int(cell.replace("\u202f", ""))


def line(match):
    return match.groupdict() | {"name": match["name"].strip()}


def pdf_lines(client, regions):
    """By région, the lines of the list of the PDF: name, category, TEN, mentions, level as written."""
    words = words_of(client)
    start = words.index("Le palmarès, région par région")
    ends = [
        at
        for title in (
            "Ce que le document imprimé dit autrement",
            "Noms imprimés autrement",
            "Sources et définitions",
        )
        if (at := words.find(title, start)) > 0
    ]
    told = words[start : min(ends)]
    places = [re.search(rf"{re.escape(plain(name))} \d+ lauréats? ", told) for name in regions]
    bounds = [*(one.start() for one in places[1:]), len(told)]
    return {
        name: [line(one) for one in LINE.finditer(told[place.end() : end])]
        for name, place, end in zip(regions, places, bounds, strict=True)
    }


def page_sections(client):
    """By région, in its order, the lines of the list of the page."""
    page = client.get(PAGE).content.decode()
    found = {}
    for section in re.findall(r'<section class="region".*?</section>', page, re.DOTALL):
        [name] = re.findall(r"<h3[^>]*>([^<]*)</h3>", section)
        found[name] = [
            {"name": who, "category": category, "level": plain(level)}
            for who, category, level in re.findall(
                r"<li><span class=\"who\"><a [^>]*>([^<]*)</a> <small>(\w+)</small>.*?</svg><span>([^<]*)<",
                section,
            )
        ]
    return found


def counted(found):
    regions = {name: len(lines) for name, lines in found.items()}
    categories = Counter(line["category"] for lines in found.values() for line in lines)
    return regions, tuple(categories[one] for one in CATEGORIES), sum(regions.values())


def press_kit_page(client):
    return counted(page_sections(client))


def press_kit_pdf(client):
    return counted(pdf_lines(client, list(page_sections(client))))


def pdf_rows(client, first, last="France"):
    """The rows of the table of régions of the PDF, each as its name and its eight figures."""
    words = words_of(client)
    told = words[words.index("Répartition par région") :]
    number = r"(?:\d{1,3}(?:\u202f\d{3})*|–)"
    names = "|".join(re.escape(plain(one)) for one in [*first, last])
    return {
        name: tuple(map(figure, figures))
        for name, *figures in re.findall(rf"({names})" + rf" ({number})" * 8 + r"(?= )", told)
    }


def press_kit_table(client):
    rows = pdf_rows(client, list(page_sections(client)))
    france = rows.pop("France")
    return {name: row[3] for name, row in rows.items()}, france[:3], france[3]
