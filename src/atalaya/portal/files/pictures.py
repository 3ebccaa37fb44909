"""Pictures, drawn anew: in two sizes, upright, and with nothing of what a camera or a program wrote into the file."""

import warnings
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageOps, UnidentifiedImageError

from atalaya.portal.files.refusals import Refusal

MEGAPIXELS = 40
LEAST = 16
"""Pixels of the shorter side, at least."""
SIZES = {"large": 1_600, "small": 480}
"""Name of a size → pixels of its longer side at most: a wide screen, and a telephone."""
ENDINGS = {"jpeg": "jpg", "png": "png", "webp": "webp"}


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture drawn anew: where, and its size in pixels."""

    path: Path
    width: int
    height: int


def draw(path: Path, kind: str, folder: Path) -> dict[str, Drawn]:
    """Draw a picture in every size into a folder; `kind` is jpeg, png or webp. Raises Refusal where it cannot be."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            return _drawn(path, kind, folder)
    except Refusal:
        raise
    except Image.DecompressionBombWarning:
        raise Refusal("picture_size", {"most": MEGAPIXELS, "least": LEAST}) from None
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, ArithmeticError, LookupError, Warning) as error:
        raise Refusal("broken") from error


def _drawn(path: Path, kind: str, folder: Path) -> dict[str, Drawn]:
    with Image.open(path, formats=[kind.upper()]) as image:
        width, height = image.size
        if width * height > MEGAPIXELS * 1_000_000 or min(width, height) < LEAST:
            raise Refusal("picture_size", {"most": MEGAPIXELS, "least": LEAST})
        if kind == "jpeg":
            image.draft("RGB", (SIZES["large"], SIZES["large"]))
        image.load()
        upright = ImageOps.exif_transpose(image)
    plain = upright.convert("RGBA" if kind != "jpeg" and "transparency" in _channels(upright) else "RGB")
    made = {}
    for name, longest in SIZES.items():
        sized = Image.new(plain.mode, plain.size)
        sized.paste(plain)
        sized.thumbnail((longest, longest))
        place = folder / f"{name}.{ENDINGS[kind]}"
        sized.save(place, format=kind.upper(), **({"quality": 85} if kind != "png" else {"optimize": True}))
        made[name] = Drawn(place, *sized.size)
    return made


def _channels(image: Image.Image) -> set[str]:
    has = "A" in image.getbands() or "transparency" in image.info
    return {"transparency"} if has else set()
