import pytest

from extractors.markdown_blocks import find_markdown_blocks, find_markdown_title, read_front_matter

TEXT = """---
title: Members
date: 2021-05
---
# Our members #

The network has
many members.

Denmark
-------
- Aarhus
* Odense
  and around it
  - Vollsmose

| City | Since |
|------|:-----:|
| Bonn | 1998 |
| Kiel | |

> Quoted words.

1. First
[^1]: A note.
[link]: https://example.org
```
| code | code |
```
<!-- hidden -->
***
End
"""


def test_blocks_of_a_document() -> None:
    blocks = [(str(block.kind), block.level, TEXT[block.start : block.end]) for block in find_markdown_blocks(TEXT)]
    assert blocks == [
        ("heading", 1, "Our members"),
        ("paragraph", None, "The network has\nmany members."),
        ("heading", 2, "Denmark"),
        ("list_item", 1, "Aarhus"),
        ("list_item", 1, "Odense\n  and around it"),
        ("list_item", 2, "Vollsmose"),
        ("table_header", None, "City | Since"),
        ("table_row", None, "Bonn | 1998"),
        ("table_row", None, "Kiel |"),
        ("paragraph", None, "Quoted words."),
        ("list_item", 1, "First"),
        ("footnote", None, "A note."),
        ("paragraph", None, "End"),
    ]


@pytest.mark.parametrize(
    ("row", "cells"),
    [
        ("| Bonn | 1998 |", ["Bonn", "1998"]),
        ("Bonn | 1998", ["Bonn", "1998"]),
        ("| | 1998 |", ["", "1998"]),
        (r"| a \| b | 1998 |", [r"a \| b", "1998"]),
    ],
)
def test_cells_are_trimmed_and_may_be_empty(row: str, cells: list[str]) -> None:
    text = f"City | Since\n--- | ---\n{row}"
    block = find_markdown_blocks(text)[-1]
    assert [text[start:end] for start, end in block.cells] == cells


def test_title_is_the_first_heading_of_the_highest_level() -> None:
    text = "## Sub\n\n# Title\n\n# Other"
    assert find_markdown_title(text, find_markdown_blocks(text)) == "Title"
    assert find_markdown_title(text, []) is None


def test_front_matter_is_read() -> None:
    assert read_front_matter(TEXT) == {"title": "Members", "date": "2021-05"}
    assert read_front_matter("no front matter") == {}
