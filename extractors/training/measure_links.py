"""How many ambiguous city names are linked to the place that gold has.

    python -m extractors.training.measure_links FOLDER …

A name is ambiguous if several places bear it. Counted is each name of a document once for each place that it is
linked to, where the gold claims of the document are about exactly one of its bearers. The weights of
`city_links` were rounded from a fit on `extractors/training/corpus`: figures there are seen, others unseen.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path

from extractors.catalogue import load_catalogue
from extractors.gazetteer import Gazetteer, load_gazetteer
from extractors.reading import DocumentReader
from extractors.score import GoldDocument, load_gold
from extractors.training.progress import tell


def main(arguments: Sequence[str] | None = None) -> int:
    """Print a line of figures for each folder, and with `--wrong` each name that was linked wrongly."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", type=Path, nargs="+", metavar="FOLDER", help="gold documents")
    parser.add_argument("--wrong", action="store_true", help="list the names that were linked wrongly")
    options = parser.parse_args(arguments)
    gazetteer = load_gazetteer()
    reader = DocumentReader(gazetteer, load_catalogue())
    for folder in options.folders:
        links = [link for gold in load_gold(folder) for link in find_links(gold, reader, gazetteer)]
        right = sum(wanted == linked for *_, wanted, linked in links)
        tell(f"{folder}: {right / max(1, len(links)):.3f} of {len(links)} ambiguous names linked right")
        for document, name, wanted, linked in links if options.wrong else ():
            if wanted != linked:
                tell(f"  {document}  {name}: wanted {gazetteer.place(wanted)[:3]}, found {linked}")
    return 0


def find_links(gold: GoldDocument, reader: DocumentReader, gazetteer: Gazetteer) -> list[tuple[str, str, int, int]]:
    """(document, name, id that gold has, id that it was linked to) of each ambiguous name, in a lasting order."""
    wanted = {claim["city"]["geonameid"] for claim in gold.claims}
    links = set()
    for city in reader.read(gold.document).cities:
        name = gold.document.text[city.start : city.end]
        bearers = {place.geonameid for place, _ in gazetteer.lookup(name)}
        meant = bearers & wanted
        if len(bearers) > 1 and len(meant) == 1:
            links.add((gold.document.name, name, meant.pop(), city.place.geonameid))
    return sorted(links)


if __name__ == "__main__":
    raise SystemExit(main())
