from pathlib import Path

import pytest

from extractors.training.passages import read_passages
from schemas.errors import ConfigurationError
from schemas.vocabulary import Role, Status

PASSAGES = """T The [NET] in brief
G Board
P [A] will hand over the helm of the [NET] to [B:holder] in [FUTURE].
I [C], home of the office; [A] again
> More next month.
= A:chair; B:chair/planned; C:secretariat_host+member/denied

P Fans from [A] came.
= A:
"""


def _write(folder: Path, text: str) -> Path:
    path = folder / "offices.txt"
    path.write_text(text, encoding="utf-8")
    return path


def test_passage_becomes_a_window_with_the_markers_that_the_model_knows(tmp_path: Path) -> None:
    data = read_passages([_write(tmp_path, PASSAGES)])
    first, second = data.windows
    assert first.text.split(" ", 1)[1] == (
        "[TITLE] The [NET] in brief [HEAD] Board [PROSE] [CITY] will hand over the helm of the [NET] to [HOLDER] in "
        "[FUTURE]. [ITEM] [CITY], home of the office; [CITY] again [NEXT] More next month."
    )
    assert [data.pairs[n].city_id for n in first.pairs] == ["A", "B", "C", "A"]
    assert [data.pairs[n].roles for n in second.pairs] == [{}]


def test_labels_are_read_with_their_status(tmp_path: Path) -> None:
    data = read_passages([_write(tmp_path, PASSAGES)])
    by_city = {data.pairs[n].city_id: data.pairs[n].roles for n in data.windows[0].pairs[:3]}
    assert by_city["A"] == {Role.CHAIR: Status.CURRENT}
    assert by_city["B"] == {Role.CHAIR: Status.PLANNED}
    assert by_city["C"] == {Role.SECRETARIAT_HOST: Status.CURRENT, Role.MEMBER: Status.DENIED}


def test_second_mention_of_a_city_may_state_its_role_or_not(tmp_path: Path) -> None:
    data = read_passages([_write(tmp_path, PASSAGES)])
    again = data.pairs[data.windows[0].pairs[3]]
    assert again.roles == {}
    assert again.unsure == {Role.CHAIR}


@pytest.mark.parametrize(
    ("record", "fault"),
    [
        ("P [A] joined.", "not its labels"),
        ("P [A] joined [B].\n= A:member", "'B'"),
        ("P [A] joined.\n= A:mayor", "mayor"),
        ("Q [A] joined.\n= A:member", "'Q'"),
    ],
)
def test_faulty_record_is_named(tmp_path: Path, record: str, fault: str) -> None:
    with pytest.raises(ConfigurationError, match=r"offices\.txt: record 2") as raised:
        read_passages([_write(tmp_path, "P [A].\n= A:\n\n" + record)])
    assert fault in str(raised.value)
