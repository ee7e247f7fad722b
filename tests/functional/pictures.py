"""Sample pictures with what is known about them, and pictures made to measure."""
import dataclasses
import itertools
import pathlib
import struct
import zlib

FOLDER = pathlib.Path(__file__).parents[1] / "samples"
MEGABYTE = 1024 * 1024


@dataclasses.dataclass(frozen=True)
class Sample:
    name: str
    mime_type: str
    width: int
    height: int
    frames: int = 1

    @property
    def content(self) -> bytes:
        return (FOLDER / self.name).read_bytes()

    @property
    def extension(self) -> str:
        return self.name.rpartition(".")[2]


SAMPLES = [
    Sample("alpha-lossless.webp", "image/webp", 512, 256),
    Sample("alpha.png", "image/png", 512, 256),
    Sample("animated.gif", "image/gif", 80, 80, 30),
    Sample("animated.webp", "image/webp", 80, 80, 9),
    Sample("drawing.svg", "image/svg+xml", 200, 200),
    Sample("photo-exif-gps.jpg", "image/jpeg", 400, 300),
    Sample("photo-exif-xmp-icc.avif", "image/avif", 403, 302),
    Sample("photo-exif-xmp-icc.png", "image/png", 403, 302),
    Sample("photo-lossy.webp", "image/webp", 403, 302),
    Sample("photo-orientation-5.jpg", "image/jpeg", 403, 302),
    Sample("photo-progressive.jpg", "image/jpeg", 1204, 800),
    Sample("photo.avif", "image/avif", 1204, 800),
]
BY_EXTENSION = {sample.extension: sample for sample in SAMPLES}
SUPPORTED_TYPES = {sample.mime_type for sample in SAMPLES}

PNG = (FOLDER / "alpha.png").read_bytes()
JPEG = (FOLDER / "photo-orientation-5.jpg").read_bytes()
SVG = (FOLDER / "drawing.svg").read_bytes()

HEADER_END = 8 + 25  # signature and IHDR of a PNG
CHUNK_OVERHEAD = 12
_numbers = itertools.count()


def png_chunk(kind: bytes, content: bytes) -> bytes:
    checksum = zlib.crc32(kind + content)
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", checksum)


def png_with(content: bytes) -> bytes:
    """A whole PNG with a text chunk more."""
    return PNG[:HEADER_END] + png_chunk(b"tEXt", b"Comment\0" + content) + PNG[HEADER_END:]


def png_of_size(size: int) -> bytes:
    """A whole PNG of exactly so many bytes."""
    picture = png_with(b"x" * (size - len(png_with(b""))))
    assert len(picture) == size
    return picture


def unique_png() -> bytes:
    return png_with(b"number %d" % next(_numbers))


def unique_svg() -> bytes:
    return SVG.replace(b"</svg>", b"<!-- number %d --></svg>" % next(_numbers))


def box(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", 8 + len(content)) + kind + content


# Files that are well-formed enough to be told apart, and are not taken.
FOREIGN = {
    "image/tiff": b"II*\0" + struct.pack("<IHHHII", 8, 1, 256, 3, 1, 1) + bytes(4),
    "image/bmp": b"BM" + struct.pack("<IHHIIiiHH", 58, 0, 0, 54, 40, 1, 1, 1, 24) + bytes(28),
    "image/heic": box(b"ftyp", b"heic" + bytes(4) + b"mif1heic") + box(b"mdat", bytes(64)),
    "application/pdf": b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\n%%EOF\n",
    "text/html": b"<!DOCTYPE html>\n<html><body><p>Hello</p></body></html>\n",
    "text/plain": b"Just a few words, and no picture at all.\n" * 4,
}
