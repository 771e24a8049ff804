"""Documents are stored once, and each version of the extractor reads them once."""

import pytest

from warehouse.documents import find_unread, hash_words, store_documents


def test_storing_twice_is_storing_once(teller):
    document = teller.document("Nantes is a member.", title="A", published="2021-05")
    assert store_documents(teller.con, "r", [document, document], fetched_at=teller.now) == [document.document_id]
    again = document.model_copy(update={"name": "other.txt"})
    assert store_documents(teller.con, "r", [again], fetched_at=teller.now) == []
    assert teller.ask("SELECT name, title, published, characters FROM document") == [
        ("Nantes is a .txt", "A", "2021-05", 19)
    ]


def test_new_ids_come_in_the_order_given(teller):
    documents = [teller.document(text) for text in ("b", "a", "c")]
    expected = [document.document_id for document in documents]
    assert store_documents(teller.con, "r", iter(documents), fetched_at=teller.now) == expected


def test_nothing_to_store_is_nothing_new(teller):
    assert store_documents(teller.con, "r", [], fetched_at=teller.now) == []


@pytest.mark.parametrize(
    "text", ["", "naïve café 😀 \u2028 line", 'quotes " \\ and \x00 and\ttabs\nlines', "Z" * 20_000_000]
)
def test_any_text_survives(teller, text):
    store_documents(teller.con, "r", [teller.document(text)], fetched_at=teller.now)
    assert teller.ask("SELECT text FROM document_text") == [(text,)]


def test_unread_are_those_without_a_reading_by_this_version(teller):
    read = teller.tell(on="2020", version="1")
    ids = ["unknown", read, "unknown"]
    assert find_unread(teller.con, ids, "1") == ["unknown"]
    assert find_unread(teller.con, ids, "2") == ["unknown", read]
    assert find_unread(teller.con, [], "1") == []


def test_copies_of_a_text_have_the_same_words():
    assert hash_words("Nantes – a Member.\n") == hash_words("nantes a member")
    assert hash_words("Nantes") != hash_words("Oslo")
