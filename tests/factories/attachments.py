"""Pictures and documents for tests, those of people and those of attackers."""

import io
import struct
import zipfile
import zlib

import pikepdf
from PIL import Image


def picture(kind="JPEG", size=(300, 200), mode="RGB", **options):
    out = io.BytesIO()
    Image.new(mode, size, 0).save(out, kind, **options)
    return out.getvalue()


def located_picture():
    """A photograph taken on its side, which says where it was taken and by what."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "Marque"
    exif.get_ifd(0x8825)[2] = (48.0, 51.0, 29.0)
    return picture(size=(300, 200), exif=exif, comment=b"secret")


def film():
    """A GIF of two frames, the first one white."""
    out = io.BytesIO()
    first, second = Image.new("L", (40, 30), 255), Image.new("L", (40, 30), 0)
    first.save(out, "GIF", save_all=True, append_images=[second])
    return out.getvalue()


def huge_header(side=60_000):
    """A PNG of a few bytes that says it holds 60,000 × 60,000 points."""

    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", b"") + chunk(b"IEND", b"")


def archive():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as bundle:
        bundle.writestr("page.html", "<script>alert(1)</script>")
    return out.getvalue()


def document(change=None, **options):
    """A PDF of one page; `change` is given the document before it is written."""
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        if change:
            change(pdf)
        out = io.BytesIO()
        pdf.save(out, **options)
    return out.getvalue()


def arm(pdf):
    """Everything a PDF may run, carry or tell."""
    name, words = pikepdf.Name, pikepdf.Dictionary
    script = words(S=name.JavaScript, JS="app.alert('piège')")
    pdf.Root.OpenAction = script
    pdf.Root.AA = words(WC=script)
    pdf.Root.Names = words(
        JavaScript=words(Names=["x", pdf.make_indirect(words(S=name.JavaScript, JS="app.alert('piège')"))])
    )
    pdf.Root.AcroForm = words(XFA=pdf.make_stream(b"<piege/>"), Fields=[])
    pdf.attachments["piege.exe"] = b"MZ piege"
    pdf.docinfo["/Author"] = "Une personne"
    with pdf.open_metadata() as metadata:
        metadata["dc:creator"] = ["Une personne"]
    launch = words(S=name.Launch, F="calc.exe", Next=script)
    links = [
        launch,
        words(S=name.URI, URI="javascript:alert(1)"),
        words(S=name.URI, URI="https://exemple.test/"),
    ]
    notes = [words(Type=name.Annot, Subtype=name.Link, Rect=[0, 0, 9, 9], A=link) for link in links]
    notes.append(words(Type=name.Annot, Subtype=name.FileAttachment, Rect=[0, 0, 9, 9], Contents="piege"))
    pdf.pages[0].Annots = pikepdf.Array([pdf.make_indirect(note) for note in notes])
