"""Scores of a pipeline on the test splits, as the targets of the project define them."""

import random
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example

from extractors.training.corpora import Tree, build_doc, split_tree
from extractors.training.name_texts import NameText

Scores = dict[str, float]

MEASURES = {"tags": "tag_acc", "uas": "dep_uas", "las": "dep_las", "lemmas": "lemma_acc", "morphology": "morph_acc"}


@dataclass
class Counts:
    """True positives, false positives and false negatives."""

    hits: int = 0
    extra: int = 0
    missed: int = 0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall; 0 where nothing was right."""
        return 2 * self.hits / max(1, 2 * self.hits + self.extra + self.missed)


def score_gold_sentences(nlp: Language, trees: Iterable[Tree]) -> Scores:
    """Scores with the tokens and the sentence borders of the treebank; UAS and LAS leave punctuation out."""
    rng = random.Random(0)  # noqa: S311 - no line break is ever drawn for a single sentence
    examples = []
    for tree in trees:
        for sentence in tree.sentences:
            reference = build_doc([sentence], nlp.vocab, rng)
            words = [token.text for token in reference]
            starts: list[bool | int | None] = [index == 0 for index in range(len(words))]
            spaces = [bool(token.whitespace_) for token in reference]
            examples.append(
                Example(
                    Doc(nlp.vocab, words=words, spaces=spaces, sent_starts=starts),
                    reference,
                )
            )
    scores = evaluate(nlp, examples)
    return {name: scores[key] for name, key in MEASURES.items()}


def score_raw_text(nlp: Language, trees: Iterable[Tree], *, sentences: int = 8) -> Scores:
    """Scores from raw text, with the pipeline's own tokens and sentence borders, in texts of some sentences."""
    rng = random.Random(0)  # noqa: S311 - reproducible, not secret
    examples = []
    for tree in trees:
        for reference in split_tree(tree, nlp.vocab, rng, low=sentences, high=sentences):
            examples.append(Example(nlp.make_doc(reference.text), reference))
    scores = evaluate(nlp, examples)
    return {name: scores[key] for name, key in (MEASURES | {"sentences": "sents_f", "tokens": "token_f"}).items()}


def evaluate(nlp: Language, examples: list[Example]) -> dict[str, float]:
    """spaCy's scores of everything but the entities, which the treebanks lack."""
    with nlp.select_pipes(disable=[name for name in ("ner",) if name in nlp.pipe_names]):
        return nlp.evaluate(examples)


def score_by_genre(nlp: Language, trees: Iterable[Tree]) -> dict[str, Scores]:
    """Scores of gold sentences and own sentence borders, per source and genre."""
    groups: dict[str, list[Tree]] = defaultdict(list)
    for tree in trees:
        groups[tree.genre].append(tree)
    scores = {}
    for genre, group in sorted(groups.items()):
        words = sum(len(sentence.rows) for tree in group for sentence in tree.sentences)
        scores[genre] = {
            "words": float(words),
            **score_gold_sentences(nlp, group),
            "sentences": score_raw_text(nlp, group)["sentences"],
        }
    return scores


def count_names(nlp: Language, texts: list[NameText]) -> dict[str, dict[str, Counts]]:
    """Counts by source, then by label; spans must agree exactly.

    A prediction counts only where the source annotates its label and says anything about the stretch.
    """
    counts: dict[str, dict[str, Counts]] = defaultdict(lambda: defaultdict(Counts))
    with nlp.select_pipes(enable=[name for name in ("ner",) if name in nlp.pipe_names]):
        docs = nlp.pipe((text.text for text in texts), batch_size=64)
        for text, doc in zip(texts, docs, strict=True):
            gold = {entity for entity in text.entities if entity[2] in text.labels}
            found = {(span.start_char, span.end_char, span.label_) for span in doc.ents if span.label_ in text.labels}
            found -= {span for span in found if any(span[0] < end and start < span[1] for start, end in text.unknown)}
            for span in gold | found:
                count = counts[text.source][span[2]]
                count.hits += span in gold and span in found
                count.extra += span not in gold
                count.missed += span not in found
    return counts


def score_names(nlp: Language, texts: list[NameText]) -> tuple[Scores, dict[str, Scores]]:
    """F1 of entities: over all and per label, and the same per source."""
    counts = count_names(nlp, texts)
    by_source = {source: summarize(labels) for source, labels in sorted(counts.items())}
    totals: dict[str, Counts] = defaultdict(Counts)
    for labels in counts.values():
        for label, count in labels.items():
            totals[label].hits += count.hits
            totals[label].extra += count.extra
            totals[label].missed += count.missed
    return summarize(totals), by_source


def summarize(labels: dict[str, Counts]) -> Scores:
    """F1, precision and recall over all labels, F1 of each."""
    hits = sum(count.hits for count in labels.values())
    extra = sum(count.extra for count in labels.values())
    missed = sum(count.missed for count in labels.values())
    scores = {
        "f1": Counts(hits, extra, missed).f1,
        "precision": hits / max(1, hits + extra),
        "recall": hits / max(1, hits + missed),
    }
    return scores | {label: count.f1 for label, count in sorted(labels.items())}
