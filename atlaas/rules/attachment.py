"""What a file of people becomes before it is kept: its type is read in its bytes, and all of it is written anew.

Runs in a process of its own, with little memory and little time (see `operations.attachment_file`): decoders of pictures and
of PDF are what hostile files aim at. Nothing here is ever told by the name of the file or by the browser.
"""

import io
import json
from collections.abc import Iterator
from dataclasses import dataclass

import pikepdf
from PIL import Image, ImageOps

from atlaas.rules.refusal import Refused

MOST_BYTES = 10 * 1024 * 1024
LONGEST_SIDE = 2000
MOST_PIXELS = 60_000_000
MOST_PIXELS_AT_ONCE = 30_000_000  # of formats that cannot be decoded at a smaller scale
MOST_PAGES = 500
PICTURES = {
    b"\xff\xd8\xff": "JPEG",
    b"\x89PNG\r\n\x1a\n": "PNG",
    b"GIF87a": "GIF",
    b"GIF89a": "GIF",
}
TYPES = {"jpg": "image/jpeg", "webp": "image/webp", "pdf": "application/pdf"}

TOO_HEAVY = "Ce fichier pèse plus de 10 Mo : réduisez-le, ou donnez plutôt un lien vers lui."
EMPTY = "Ce fichier est vide : choisissez-en un autre."
NOT_KEPT = "On ne garde ici que des images (JPEG, PNG, WebP, GIF) et des PDF : convertissez ce fichier, puis ajoutez-le à nouveau."
BROKEN_PICTURE = "Cette image est abîmée ou incomplète : ouvrez-la, enregistrez-la à nouveau en JPEG ou en PNG, puis ajoutez-la."
TOO_LARGE = (
    "Cette image a trop de points pour être lue ici : réduisez-la à 2 000 points de côté, puis ajoutez-la."
)
LOCKED_PDF = "Ce PDF est protégé par un mot de passe : enregistrez-le sans protection, puis ajoutez-le."
BROKEN_PDF = "Ce PDF est abîmé : ouvrez-le, imprimez-le dans un nouveau PDF, puis ajoutez celui-ci."
TOO_LONG_PDF = "Ce PDF a plus de 500 pages : gardez les pages utiles, ou donnez plutôt un lien vers lui."


@dataclass(frozen=True)
class Rewritten:
    """A safe copy: `extension` is a key of `TYPES`; `width` and `height` are those of a picture."""

    data: bytes
    extension: str
    width: int | None = None
    height: int | None = None


def sniffed(data: bytes) -> str:
    """« JPEG », « PNG », « GIF », « WEBP » or « PDF », by the first bytes; `Refused` for anything else, SVG first of all."""
    if not data:
        raise Refused(EMPTY)
    if len(data) > MOST_BYTES:
        raise Refused(TOO_HEAVY)
    if data.startswith(b"%PDF-"):
        return "PDF"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "WEBP"
    for start, kind in PICTURES.items():
        if data.startswith(start):
            return kind
    raise Refused(NOT_KEPT)


def rewritten(data: bytes) -> Rewritten:
    """A copy without anything but what is seen; `Refused` says how to mend."""
    kind = sniffed(data)
    return _pdf(data) if kind == "PDF" else _picture(data, kind)


def _picture(data: bytes, kind: str) -> Rewritten:
    try:
        with Image.open(io.BytesIO(data), formats=(kind,)) as image:
            _check_size(image)
            # A JPEG is decoded at the scale that is wanted; the first frame alone of a film.
            image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
            upright = ImageOps.exif_transpose(image)
            return _written(upright, kind)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise Refused(TOO_LARGE) from error
    except (OSError, ValueError, SyntaxError, EOFError, IndexError, TypeError) as error:
        raise Refused(BROKEN_PICTURE) from error


def _check_size(image: Image.Image) -> None:
    most = MOST_PIXELS if image.format == "JPEG" else MOST_PIXELS_AT_ONCE
    if image.width * image.height > most:
        raise Refused(TOO_LARGE)


def _written(image: Image.Image, kind: str) -> Rewritten:
    """JPEG stays JPEG; the others become WebP, which keeps what is transparent. No EXIF, profile nor text is handed over."""
    pixels = image.convert("RGB" if kind == "JPEG" else "RGBA")
    pixels.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    bare = Image.frombytes(pixels.mode, pixels.size, pixels.tobytes())
    out = io.BytesIO()
    if kind == "JPEG":
        bare.save(out, "JPEG", quality=85, optimize=True, progressive=True)
    else:
        bare.save(out, "WEBP", quality=85)
    return Rewritten(out.getvalue(), "jpg" if kind == "JPEG" else "webp", *bare.size)


# Keys that run something, carry another file or tell who wrote: they go wherever they stand.
ACTIVE = {
    "/AA",
    "/AF",
    "/AcroForm",
    "/Collection",
    "/EF",
    "/EmbeddedFiles",
    "/JS",
    "/JavaScript",
    "/Metadata",
    "/OpenAction",
    "/PieceInfo",
    "/Perms",
    "/RichMediaContent",
    "/XFA",
}
LIVE_NOTES = {"/FileAttachment", "/RichMedia", "/Screen", "/Movie", "/Sound", "/3D", "/Widget"}
HARMFUL = {
    "/GoToE",
    "/GoToR",
    "/Hide",
    "/ImportData",
    "/JavaScript",
    "/Launch",
    "/Movie",
    "/Rendition",
    "/ResetForm",
    "/RichMediaExecute",
    "/SetOCGState",
    "/Sound",
    "/SubmitForm",
}
WEB = ("http://", "https://", "mailto:")


def _pdf(data: bytes) -> Rewritten:
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            if pdf.is_encrypted:
                raise Refused(LOCKED_PDF)
            if len(pdf.pages) > MOST_PAGES:
                raise Refused(TOO_LONG_PDF)
            return Rewritten(_disarmed(pdf), "pdf")
    except pikepdf.PasswordError as error:
        raise Refused(LOCKED_PDF) from error
    except (pikepdf.PdfError, ValueError, RuntimeError, TypeError, KeyError) as error:
        raise Refused(BROKEN_PDF) from error


def _disarmed(pdf: pikepdf.Pdf) -> bytes:
    for top in pdf.objects:
        for found in _dictionaries(top):
            _disarm(found)
    if "/Info" in pdf.trailer:
        del pdf.trailer["/Info"]
    out = io.BytesIO()
    pdf.save(out, fix_metadata_version=False, deterministic_id=True)
    return out.getvalue()


def _dictionaries(top: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """The object and what it holds directly; what it points to comes by itself."""
    waiting = [top]
    while waiting:
        one = waiting.pop()
        if isinstance(one, pikepdf.Array):
            inside = list(one)
        elif isinstance(one, pikepdf.Dictionary | pikepdf.Stream):
            yield one
            inside = [value for _key, value in one.items()]
        else:
            continue
        waiting += [value for value in inside if isinstance(value, pikepdf.Object) and not value.is_indirect]


def _disarm(found: pikepdf.Object) -> None:
    for key in ACTIVE & set(found.keys()):
        del found[key]
    if _is_harmful(found):
        for key in set(found.keys()):
            del found[key]
    if isinstance(found.get("/Annots"), pikepdf.Array):
        found["/Annots"] = pikepdf.Array([note for note in found["/Annots"] if not _is_live(note)])


def _is_harmful(found: pikepdf.Object) -> bool:
    """An action that is neither a jump in the document nor a link of the web."""
    kind = str(found.get("/S", ""))
    if kind == "/URI":
        return not str(found.get("/URI", "")).startswith(WEB)
    return kind in HARMFUL


def _is_live(note: object) -> bool:
    return isinstance(note, pikepdf.Dictionary) and str(note.get("/Subtype", "")) in LIVE_NOTES


def answer(data: bytes) -> bytes:
    """What the process of its own prints: a line of JSON, then the copy."""
    try:
        copy = rewritten(data)
    except Refused as refused:
        return json.dumps({"refused": str(refused)}).encode() + b"\n"
    head = {"extension": copy.extension, "width": copy.width, "height": copy.height}
    return json.dumps(head).encode() + b"\n" + copy.data


def read_answer(printed: bytes) -> Rewritten:
    """The other end of `answer`; `Refused` as it was raised there."""
    line, _, data = printed.partition(b"\n")
    head = json.loads(line)
    if "refused" in head:
        raise Refused(head["refused"])
    return Rewritten(data, head["extension"], head["width"], head["height"])
