"""The trainings joined into one pipeline, and the pipeline written as it is shipped."""

import json
import shutil
import tempfile
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language

from extractors.english import OWN_NAME, write_digests
from extractors.half_precision import convert_pipeline

META = {
    "name": OWN_NAME,
    "version": "1.0.0",
    "description": "English pipeline of Hansa: tags, features, trees and lemmas of Universal Dependencies, entities.",
    "license": "CC BY-SA 4.0",
    "author": "The Hansa authors; see README.md for the authors of the training data",
}
BATCH_SIZE = 32
"""Documents at a time: larger batches were no faster and took twice the memory."""


def assemble(syntax: Path, entities: Path) -> Language:
    """One pipeline of both trainings.

    The recognizer stands before the parser, so that an entity stays within a block but not within the parser's idea
    of a sentence.
    """
    nlp = spacy.load(syntax, exclude=["ner"])
    nlp.add_pipe("ner", source=spacy.load(entities), first=True)
    nlp.add_pipe("sentence_borders", first=True)
    nlp.meta |= META | {"performance": {}}
    nlp.batch_size = BATCH_SIZE
    return nlp


def write_pipeline(nlp: Language, out: Path) -> None:
    """Write the pipeline in half precision with its digests.

    A card and the figures that stand there are kept, for the next evaluation to compare with. The old folder is
    replaced only when the new one is complete.
    """
    if (out / "meta.json").exists():
        nlp.meta["performance"] = json.loads((out / "meta.json").read_text(encoding="utf-8")).get("performance", {})
    nlp.config["paths"] = dict.fromkeys(nlp.config["paths"])  # of the training machine, of no use elsewhere
    convert_pipeline(nlp, "float16")
    out.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(dir=out.parent, prefix=".pipeline-"))
    nlp.to_disk(fresh)
    strings = json.dumps(sorted(find_strings(nlp)), ensure_ascii=False)
    (fresh / "vocab" / "strings.json").write_text(strings, encoding="utf-8")
    if (out / "README.md").exists():
        shutil.copy(out / "README.md", fresh)
    write_digests(fresh)
    fresh.chmod(0o755)
    if out.exists():
        shutil.rmtree(out)
    fresh.rename(out)


def find_strings(nlp: Language) -> set[str]:
    """The strings that the components need: those of the tokenizer, of all labels and of the lemmatizer's trees.

    The words of the training data, nine in ten of all strings after training, would only slow down loading.
    """
    strings = set(spacy.blank("en").vocab.strings)
    for _, component in nlp.pipeline:
        for label in getattr(component, "labels", ()):
            parts = str(label).split("|")  # of a morphological analysis: "Number=Sing|POS=NOUN"
            strings |= {str(label), *parts, *(piece for part in parts for piece in part.split("="))}
    lemmatizer: Any = nlp.get_pipe("trainable_lemmatizer")
    for index in range(len(lemmatizer.trees)):
        tree = lemmatizer.trees[index]
        strings |= {nlp.vocab.strings[tree[key]] for key in ("orig", "subst") if key in tree}
    return strings
