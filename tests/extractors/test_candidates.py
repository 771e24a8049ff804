from extractors.candidates import describe_context, find_candidates
from extractors.reading import DocumentReader
from extractors.relation_windows import build_windows

SIDE_BY_SIDE = (
    "The Union of the Baltic Cities in two columns\n\n"
    "FOUNDING CITIES                 JOINED LATER\n"
    "Kiel, Germany                   Oslo, Norway\n"
    "Tallinn, Estonia                Malmö, Sweden\n"
)


def test_lists_side_by_side_are_read_one_after_the_other_under_their_own_headings(read: DocumentReader) -> None:
    reading = read(SIDE_BY_SIDE)
    windows = [
        window.text for window in build_windows([describe_context(reading, pair) for pair in find_candidates(reading)])
    ]
    assert any(
        "[ROW] FOUNDING CITIES [COL] [CITY] , Germany [ROW] FOUNDING CITIES [COL] [CITY] , Estonia" in window
        for window in windows
    )
    assert any(
        "[ROW] JOINED LATER [COL] [CITY] , Norway [ROW] JOINED LATER [COL] [CITY] , Sweden" in window
        for window in windows
    )
