"""The English spaCy pipeline that claims are read with: the shipped one, or another that the user names."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

import spacy
from spacy.language import Language
from thinc.api import use_ops

import extractors.sentence_borders
import extractors.word_meanings  # noqa: F401 - these two register what the pipeline's config names
from extractors.distinct_tokens import speed_up
from extractors.fused_windows import fuse_windows
from extractors.half_precision import convert_pipeline
from schemas.errors import ConfigurationError

PIPELINE = Path(__file__).parent / "pipeline"
"""Folder of the shipped pipeline; its README.md is the model card."""

DIGESTS = "SHA256SUMS"
"""File of the pipeline's folder that lists the SHA-256 of every other file but the card, as `sha256sum` writes it."""

OWN_NAME = "hansa_english"
"""`meta.json` of our own pipeline says so: its weights are stored and run in ways that others are not."""

UNLISTED = frozenset({DIGESTS, "README.md"})
SHARED_COMPONENTS = ("tagger", "parser", "ner")


def load_english(name_or_path: str | None = None, *, without: Sequence[str] = ()) -> Language:
    """Load the shipped pipeline, or an installed one by name, or any by path; `without` some components.

    The files are not verified here (that takes as long as loading): see `verify_english`.

    Raises:
        ConfigurationError: there is no such pipeline, or it lacks a tagger, parser or entity recognizer.
    """
    source = name_or_path or str(PIPELINE)
    try:
        # numpy's OpenBLAS is three to five times as fast as thinc's default on common processors.
        with use_ops("numpy", use_blis=False):
            nlp = spacy.load(source, exclude=list(without))
    except OSError as error:
        advice = "reinstall hansa" if name_or_path is None else "install it or give the folder of a spaCy pipeline"
        raise ConfigurationError(f"English pipeline {source}: cannot be loaded ({error}); {advice}") from error
    missing = [name for name in SHARED_COMPONENTS if name not in (*nlp.pipe_names, *without)]
    if missing:
        raise ConfigurationError(
            f"English pipeline {source}: has {', '.join(nlp.pipe_names) or 'no components'}, "
            f"but {', '.join(missing)} is needed; choose a pipeline such as en_core_web_trf"
        )
    if nlp.meta["name"] == OWN_NAME:
        convert_pipeline(nlp, "float32")
        speed_up(nlp)
        fuse_windows(nlp)
    if "sentence_borders" not in nlp.pipe_names and "parser" in nlp.pipe_names:
        nlp.add_pipe("sentence_borders", before="parser")
    return nlp


def hash_files(folder: Path) -> dict[str, str]:
    """SHA-256 of each file below `folder`, by relative path; without the card and the list itself."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    relative = {path.relative_to(folder).as_posix(): path for path in paths}
    return {
        name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in relative.items() if name not in UNLISTED
    }


def write_digests(folder: Path) -> None:
    """Write the digests of a pipeline's files beside them."""
    lines = [f"{digest}  {name}\n" for name, digest in hash_files(folder).items()]
    (folder / DIGESTS).write_text("".join(lines), encoding="utf-8")


def read_digests(folder: Path) -> dict[str, str]:
    """The digests that were written when the pipeline was packaged, by relative path.

    Raises:
        ConfigurationError: there is no list of digests, or one of its lines is not `digest  path`.
    """
    path = folder / DIGESTS
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise ConfigurationError(f"{path}: cannot be read ({error}); reinstall hansa") from error
    pairs = [line.split("  ", 1) for line in lines]
    if not pairs or any(len(pair) != 2 for pair in pairs):
        raise ConfigurationError(f"{path}: expected lines of a digest, two spaces and a path; reinstall hansa")
    return {name: digest for digest, name in pairs}


def verify_english(folder: Path = PIPELINE) -> None:
    """Compare the shipped pipeline with its digests.

    Raises:
        ConfigurationError: a file is missing, changed or not listed; the message names each.
    """
    expected, found = read_digests(folder), hash_files(folder)
    faults = [f"{name} is missing" for name in expected if name not in found]
    faults += [f"{name} was changed" for name in expected if name in found and found[name] != expected[name]]
    faults += [f"{name} is not listed in {DIGESTS}" for name in found if name not in expected]
    if faults:
        raise ConfigurationError(f"{folder}: {'; '.join(faults)}; reinstall hansa or retrain the pipeline")
