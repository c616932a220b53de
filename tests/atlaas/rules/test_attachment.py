import io

import pikepdf
import pytest
from PIL import Image

from atlaas.rules import attachment as rules
from atlaas.rules.attachment import Rewritten, answer, read_answer, rewritten, sniffed
from atlaas.rules.refusal import Refused
from tests.factories import attachments as files


def opened(copy):
    return Image.open(io.BytesIO(copy.data))


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (files.picture(), "JPEG"),
        (files.picture("PNG"), "PNG"),
        (files.picture("WEBP"), "WEBP"),
        (files.film(), "GIF"),
        (files.document(), "PDF"),
    ],
)
def test_type_is_read_in_the_bytes(data, kind):
    assert sniffed(data) == kind


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "vide"),
        (b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', "JPEG, PNG, WebP, GIF"),
        (b"<!doctype html><script>alert(1)</script>", "JPEG, PNG, WebP, GIF"),
        (files.archive(), "JPEG, PNG, WebP, GIF"),
        (b"GIF90a", "JPEG, PNG, WebP, GIF"),
        (b"RIFF\x00\x00\x00\x00AVI LIST", "JPEG, PNG, WebP, GIF"),
        (b"BM" + b"\0" * 60, "JPEG, PNG, WebP, GIF"),
        (b"\xff\xd8\xff" + b"\0" * rules.MOST_BYTES, "10 Mo"),
        (files.picture("TIFF"), "JPEG, PNG, WebP, GIF"),
        (files.huge_header(), "trop de points"),
        (files.huge_header(6_000), "trop de points"),
        (files.huge_header(10_000), "trop de points"),
        (files.picture()[:400], "abîmée ou incomplète"),
        (files.picture("PNG")[:60], "abîmée ou incomplète"),
        (b"\xff\xd8\xff\xe0 <script>alert(1)</script>", "abîmée ou incomplète"),
        (b"GIF89a/*<svg onload=alert(1)>*/=1;alert(1)", "abîmée ou incomplète"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "abîmée ou incomplète"),
        (b"%PDF-1.7 rien", "abîmé"),
        (files.document()[:200], "abîmé"),
        (files.document(encryption=pikepdf.Encryption(owner="a", user="b")), "mot de passe"),
        (files.document(encryption=pikepdf.Encryption(owner="a", user="")), "mot de passe"),
    ],
)
def test_hostile_or_broken_file_is_refused_with_a_way_out(data, words):
    with pytest.raises(Refused, match=words):
        rewritten(data)


def test_pdf_of_too_many_pages_is_refused():
    def many(pdf):
        for _ in range(rules.MOST_PAGES):
            pdf.add_blank_page()

    with pytest.raises(Refused, match="500 pages"):
        rewritten(files.document(many))


def test_photograph_is_upright_and_tells_neither_where_nor_by_what():
    copy = rewritten(files.located_picture())

    assert (copy.extension, copy.width, copy.height) == ("jpg", 200, 300)
    assert dict(opened(copy).getexif()) == {}
    assert set(opened(copy).info) <= {
        "jfif",
        "jfif_version",
        "jfif_unit",
        "jfif_density",
        "progressive",
        "progression",
    }
    assert b"Marque" not in copy.data
    assert b"secret" not in copy.data


def test_large_picture_is_reduced():
    copy = rewritten(files.picture(size=(4100, 1025)))

    assert (copy.width, copy.height) == (2000, 500)


def test_what_hides_behind_a_picture_is_not_kept():
    copy = rewritten(files.picture() + b"<script>alert(1)</script>" + files.archive())

    assert b"<script>" not in copy.data
    assert b"PK\x03\x04" not in copy.data


def test_transparent_picture_stays_transparent():
    copy = rewritten(files.picture("PNG", mode="RGBA", size=(20, 10)))

    assert (copy.extension, opened(copy).convert("RGBA").getpixel((0, 0))[3]) == ("webp", 0)


def test_first_frame_of_a_film_is_kept():
    copy = rewritten(files.film())

    assert getattr(opened(copy), "n_frames", 1) == 1
    assert opened(copy).convert("L").getpixel((5, 5)) > 250


def test_pdf_loses_what_runs_what_it_carries_and_who_wrote_it():
    copy = rewritten(files.document(files.arm, object_stream_mode=pikepdf.ObjectStreamMode.disable))

    with pikepdf.open(io.BytesIO(copy.data)) as pdf:
        plain = io.BytesIO()
        pdf.save(plain, object_stream_mode=pikepdf.ObjectStreamMode.disable, qdf=True)
        kept = [str(note.get("/A", "")) for note in pdf.pages[0].Annots]
        attached, told = len(pdf.attachments), dict(pdf.docinfo)
    assert (attached, told, len(kept)) == (0, {}, 3)
    assert b"https://exemple.test/" in plain.getvalue()
    for word in (
        b"pi\xc3\xa8ge",
        b"JavaScript",
        b"Launch",
        b"calc.exe",
        b"javascript:",
        b"MZ piege",
        b"Une personne",
        b"XFA",
    ):
        assert word not in plain.getvalue()


def test_pdf_that_tells_nothing_of_itself_is_kept():
    def nameless(pdf):
        if "/Info" in pdf.trailer:
            del pdf.trailer["/Info"]

    assert rewritten(files.document(nameless)).extension == "pdf"


def test_fault_of_a_pdf_decoder_is_a_refusal():
    def knotted(pdf):
        pdf.Root.Pages.Kids = pikepdf.Array([pdf.Root.Pages])

    with pytest.raises(Refused, match="abîmé"):
        rewritten(files.document(knotted))


def test_answer_is_read_at_the_other_end():
    copy = read_answer(answer(files.picture(size=(4, 3))))

    assert (copy.extension, copy.width, copy.height) == ("jpg", 4, 3)
    assert copy == Rewritten(copy.data, "jpg", 4, 3)


def test_refusal_is_read_at_the_other_end():
    with pytest.raises(Refused, match="vide"):
        read_answer(answer(b""))
