import pytest

from extractors.articles import read_article, read_fragment
from schemas.document import Document
from schemas.errors import UnreadableDocument
from schemas.vocabulary import BlockKind, DocumentKind

PROSE = (
    "<p>The network of towns was founded in 1991 and has many members in all of Europe, "
    "which are listed on this page as of May 2021.</p>"
)


def _read(markup: str | bytes, media_type: str | None = None) -> Document:
    data = markup if isinstance(markup, bytes) else markup.encode()
    return read_article(data, name="page.html", media_type=media_type)


def _blocks(document: Document) -> list[tuple[str, str]]:
    return [(str(block.kind), document.text[block.start : block.end]) for block in document.blocks]


def _items(document: Document) -> list[str]:
    return [text for kind, text in _blocks(document) if kind == "list_item"]


def _body(content: str, head: str = "") -> str:
    return f"<html><head>{head}</head><body>{content}</body></html>"


@pytest.mark.parametrize(
    "wrapping",
    [
        "<nav><ul><li><a href=/>Vienna</a></li></ul></nav>",
        "<div class='cookie-banner'><p>Vienna uses cookies to count how many visitors come to see this page.</p></div>",
        "<div role=dialog><p>Vienna asks for your consent to count the visitors who come to this page.</p></div>",
        "<aside><ul><li>Vienna builds</li><li>Vienna sings</li><li>Vienna eats</li></ul></aside>",
        "<footer><p>Vienna, all rights reserved</p></footer>",
        "<header><p>Vienna is the capital of this site</p></header>",
        "<h2>Related</h2><ul><li><a href=/1>Vienna</a></li><li><a href=/2>Vienna II</a></li></ul>",
        "<section class='related-posts'><div><h3><a href=/1>Vienna builds</a></h3></div></section>",
        "<noscript>Vienna needs JavaScript</noscript><script>var x = 'Vienna'</script>",
    ],
)
def test_what_is_around_the_content_is_left_out(wrapping: str) -> None:
    document = _read(_body(f"{wrapping}<main><h1>Members</h1>{PROSE}<ul><li>Bonn</li><li>Kiel</li></ul></main>"))
    assert "Vienna" not in document.text
    after = _read(_body(f"<div><h1>Members</h1>{PROSE}<ul><li>Bonn</li><li>Kiel</li></ul>{wrapping}</div>"))
    assert "Vienna" not in after.text or "<header>" in wrapping
    assert _items(after)[:2] == ["Bonn", "Kiel"]


LONG = "".join(
    f"<p>In chapter {number} the board of the network tells what became of its plan.</p>" for number in range(9)
)


@pytest.mark.parametrize("name", ["read-more", "page-sidebar", "story comments"])
def test_article_in_a_block_that_is_named_like_none_is_read(name: str) -> None:
    document = _read(_body(f"<h1>The plan</h1><p>What became of it.</p><div class='{name}'>{LONG}</div>"))
    assert "In chapter 8" in document.text


@pytest.mark.parametrize(
    "heading",
    [
        *(
            "More related stories",
            "Most popular stories",
            "Other Opinion Columns",
            "Other people are reading",
            "Up next",
        ),
        *("Mehr zum Thema", "À lire aussi", "Artículos relacionados"),
    ],
)
def test_links_under_a_heading_that_offers_more_are_left_out(heading: str) -> None:
    links = "".join(f"<li><a href=/{name}>{name}</a></li>" for name in ("Vienna", "Graz", "Linz"))
    document = _read(_body(f"<article><h1>The plan</h1>{LONG}<h3>{heading}</h3><ul>{links}</ul></article>"))
    assert "Vienna" not in document.text
    assert heading not in document.text


def test_headlines_of_other_articles_after_the_end_are_left_out_and_names_are_not() -> None:
    titles = ("Vienna asks its people what they think of trams", "Graz builds a bridge that nobody has asked for")
    headlines = "".join(f"<li><a href=/a>{title}</a></li>" for title in titles)
    names = "".join(f"<li><a href=/{name}>{name}</a></li>" for name in ("Bonn", "Kiel", "Oslo"))
    document = _read(_body(f"<article><h1>The plan</h1>{LONG}<ul>{names}</ul><ul>{headlines}</ul></article>"))
    assert "Vienna" not in document.text
    assert _items(document) == ["Bonn", "Kiel", "Oslo"]


def test_cards_of_other_articles_after_the_end_are_left_out() -> None:
    titles = ("Vienna asks its people what they think of trams", "Vienna builds a bridge that nobody has asked for")
    cards = "".join(f"<div><a href=/a><div><h2>{title}</h2></div></a></div>" for title in titles)
    document = _read(_body(f"<article><h1>The plan</h1>{LONG}<h3>Mehr zum Thema</h3>{cards}</article>"))
    assert document.text.endswith("of its plan.")


@pytest.mark.parametrize(
    "comments",
    [
        "<div class=comments-area><article><p>Vienna should do the same as all of these towns did!</p></article></div>",
        "<h3>3 Comments</h3><p>Vienna should do the same, says a reader who has come to this page.</p>",
        "<p>Kommentar schreiben</p><div><p>Vienna asks for your name and mail to keep the page safe.</p></div>",
    ],
)
def test_comments_of_readers_are_left_out(comments: str) -> None:
    document = _read(_body(f"<div><h1>The plan</h1>{LONG}{comments}</div>"))
    assert document.text.endswith("of its plan.")


def test_all_sections_of_the_same_make_are_read() -> None:
    section = "<div class='container topic'><div class=row><div class='col-md-8'>{}</div></div></div>"
    short = "<p>Bonn and Kiel have been members of the network since 1998.</p>"
    document = _read(_body(f"<div>{section.format(LONG)}<hr>{section.format(short)}</div>"))
    assert document.text.endswith("since 1998.")


def test_slogan_before_the_content_is_left_out_and_a_date_is_not() -> None:
    document = _read(_body(f"<div><p>Vienna is for you!</p><p>Published: 3 May 2019</p>{LONG}</div>"))
    assert "Vienna" not in document.text
    assert document.published == "2019-05-03"


def test_article_in_an_item_of_a_menu_that_is_not_closed_is_read() -> None:
    menu = "<ul><li><a href=/a>Vienna</a><ul><li><a href=/b>Graz</a></li></ul>"
    document = _read(_body(f"<div>{menu}<div class=post><h2>The plan</h2>{LONG}</div></div>"))
    assert "In chapter 8" in document.text


def test_article_in_a_header_that_is_not_closed_is_read() -> None:
    document = _read(_body(f"<div><header><p>Vienna</p><div class=content><article>{LONG}</article></div></div>"))
    assert "In chapter 8" in document.text


def test_teasers_of_other_articles_are_left_out_with_their_text() -> None:
    teaser = "<h2><a href=/v>Vienna builds</a></h2><p>What Vienna does here the other towns have done before it.</p>"
    for level in (3, 4):
        after = f"<h3>Weitere Meldungen</h3>{teaser * 2}<h{level}>Members</h{level}><ul><li>Bonn</li><li>Kiel</li></ul>"
        document = _read(_body(f"<article><h1>The plan</h1>{LONG}{after}</article>"))
        assert "Vienna" not in document.text
        assert _items(document) == ["Bonn", "Kiel"]


def test_sidebar_with_headings_of_its_own_is_left_out() -> None:
    aside = "<div id=sidebar><h1>Vienna</h1><article><p>Vienna has more to tell in another place.</p></article></div>"
    document = _read(_body(f"<div><div id=content><h1>The plan</h1><article>{LONG}</article></div>{aside}</div>"))
    assert "Vienna" not in document.text


def test_link_to_comments_is_no_part_of_the_byline() -> None:
    byline = "<p>Published: 3 May 2019 by Jane Doe <a href=#respond>Leave a reply</a></p>"
    document = _read(_body(f"<article><h1>The plan</h1>{byline}{LONG}</article>"))
    assert "Jane Doe" in document.text
    assert "reply" not in document.text


def test_cookie_notice_that_no_class_names_is_left_out() -> None:
    notice = "<div><div><p>Vienna uses cookies. Who reads on agrees.</p></div></div>"
    assert "Vienna" not in _read(_body(f"<main><h1>The plan</h1><div class=content>{LONG}</div>{notice}</main>")).text


def test_lead_that_stands_apart_from_the_article_is_read() -> None:
    lead = "The board of the network has looked at what became of its plan, and tells of it chapter by chapter in May."
    page = f"<div class=content><div class=leader><p>{lead}</p></div><div>{LONG}</div></div>"
    assert lead in _read(_body(page)).text


def test_caption_is_one_whatever_is_in_it_and_loses_its_credit() -> None:
    figure = (
        "<figure><img src=a.jpg><figcaption><p>The mayors of Bonn and Kiel. Photo: J. Doe</p></figcaption></figure>"
    )
    document = _read(_body(f"<article><h1>The plan</h1>{figure}{LONG}</article>"))
    assert ("caption", "The mayors of Bonn and Kiel.") in _blocks(document)


@pytest.mark.parametrize(
    ("markup", "items"),
    [
        ("<ul><li><a href=/b>Bonn</a></li><li><a href=/k>Kiel</a></li></ul>", ["Bonn", "Kiel"]),
        ("<ol><li>Bonn<sup>1</sup></li><li>Kiel<ul><li>Holtenau</li></ul></li></ol>", ["Bonn", "Kiel", "Holtenau"]),
        ("<p>Bonn<br>Kiel<br/>Oslo</p>", ["Bonn", "Kiel", "Oslo"]),
        ("<dl><dt>Germany</dt><dd>Bonn</dd><dd>Kiel</dd></dl>", ["Bonn", "Kiel"]),
        ("<dl><dt>President</dt><dd>Jane Doe</dd></dl>", ["President: Jane Doe"]),
        ("<dl><dt>Europe</dt><dd><dl><dt>Germany</dt><dd>Bonn</dd><dd>Kiel</dd></dl></dd></dl>", ["Bonn", "Kiel"]),
        ("<ul><li><h3>Bonn</h3><p>Germany</p><p>since 1998</p></li></ul>", ["Bonn, Germany, since 1998"]),
        ("<details><summary>Germany</summary><ul><li>Bonn</li></ul></details>", ["Bonn"]),
        (
            "<p><b>Union of Healthy Towns</b> – Chair: Tahir Büyükakın, Mayor of Trabzon Metropolitan Municipality<br>"
            "<b>Union of Bursa</b> – Chair: Ana Lopes, Mayor of Bursa<br><b>Union of Rize</b> – Chair: Jo Doe</p>",
            [
                "Union of Healthy Towns – Chair: Tahir Büyükakın, Mayor of Trabzon Metropolitan Municipality",
                "Union of Bursa – Chair: Ana Lopes, Mayor of Bursa",
                "Union of Rize – Chair: Jo Doe",
            ],
        ),
        ("<p>'s-Hertogenbosch<br>Washington, D.C.<br>Oslo</p>", ["'s-Hertogenbosch", "Washington, D.C.", "Oslo"]),
        ("<div class=accordion aria-hidden=true><ul><li>Bonn</li></ul></div>", ["Bonn"]),
        ("<div role=tabpanel hidden><p>Bonn<br>Kiel<br>Oslo</p></div>", ["Bonn", "Kiel", "Oslo"]),
        ("<div class=tab-pane aria-hidden=true><p>Bonn<br>Kiel<br>Oslo</p></div>", ["Bonn", "Kiel", "Oslo"]),
        ("<div aria-hidden=true><p>Bonn<br>Kiel<br>Oslo</p></div>", []),
        ("<div class='collapse navbar-collapse' aria-hidden=true><p>Bonn<br>Kiel<br>Oslo</p></div>", []),
        (
            "<div class=row>"
            + "".join(
                f"<div><div><a href=/>{name}</a></div><div>since 1998</div></div>" for name in ("Bonn", "Kiel", "Oslo")
            )
            + "</div>",
            ["Bonn, since 1998", "Kiel, since 1998", "Oslo, since 1998"],
        ),
        (
            "<div>" + "".join(f"<a class=card href=/>{name}</a>" for name in ("Bonn", "Kiel", "Oslo")) + "</div>",
            ["Bonn", "Kiel", "Oslo"],
        ),
        ("<ul><li><span>Bonn</span><span>Germany</span></li></ul>", ["Bonn, Germany"]),
        ("<ul><li><span>Member since</span><i></i><span>1995</span></li></ul>", ["Member since 1995"]),
        ("<ul><li><i class='material-icons md-18'>place</i>Bonn</li></ul>", ["Bonn"]),
        ("<ul><li><b>L</b>yon</li><li>Mc<i>Allen</i></li><li>i<b>CLEI</b></li></ul>", ["Lyon", "McAllen", "iCLEI"]),
        ("<ul><li><b>i</b><b>CLEI</b></li><li><i>C</i><b>40</b></li></ul>", ["iCLEI", "C40"]),
        ("<ul><li>Seoul <span class='badge badge-blue'>Co-President</span></li></ul>", ["Seoul, Co-President"]),
        ("<ul><li><em class=label>New</em> Seoul <b class=tag>member</b></li></ul>", ["New, Seoul, member"]),
        ("<ul><li><span class=field-label>Member since</span> 1995</li></ul>", ["Member since 1995"]),
        ("<ul><li>Seoul <span class=percentage>of Korea</span></li></ul>", ["Seoul of Korea"]),
        (
            "<ul><li><span class=years>2018 – present</span> <!-- --><i></i></li>"
            "<li><span class=years>2018 – present</span> <b>Lee Roy</b> <span class=city>Ghent</span></li></ul>",
            ["2018 – present", "2018 – present, Lee Roy, Ghent"],
        ),
        (
            "<ul><li><span class=given-name>Ana</span> <span class=family-name>Lopes</span></li>"
            "<li><strong>Mayor</strong> <em>Lopes</em></li><li><span>Ana</span> <b class=x>Lopes</b></li>"
            "<li><b class=x>City of</b> <b>Ghent</b></li><li><b class=x>Ghent</b> <b>of Belgium</b></li>"
            "<li><b class=d>12</b> <b class=m>May</b> <b class=y>2021</b></li></ul>",
            ["Ana Lopes", "Mayor Lopes", "Ana Lopes", "City of Ghent", "Ghent of Belgium", "12 May 2021"],
        ),
        ("<dl><dt>Germany</dt><dd>Bonn<br>Kiel</dd></dl>", ["Germany: Bonn, Kiel"]),
        ("<dl><dt>Germany</dt><dd>Bonn<br>Kiel</dd><dd>Ulm</dd></dl>", ["Bonn, Kiel", "Ulm"]),
        ("<ul><li>Bonn<span style='display: none'>bonn</span></li></ul>", ["Bonn"]),
        (
            "<ul><li>Bonn<b style='display: none'>, Kiel" + ", Oslo and the towns" * 4 + "</b></li></ul>",
            ["Bonn, Kiel" + ", Oslo and the towns" * 4],
        ),
        ("<ul><li>Bonn<span class=mw-editsection>[edit]</span></li></ul>", ["Bonn"]),
    ],
)
def test_lists_of_members_are_kept_however_they_are_marked_up(markup: str, items: list[str]) -> None:
    assert _items(_read(_body(f"<h1>Members</h1>{PROSE}<h2>List</h2>{markup}"))) == items


@pytest.mark.parametrize(
    ("lines", "headings", "items"),
    [
        ("<b>Spain</b><br>Leon<br>Toledo", ["Spain"], ["Leon", "Toledo"]),
        (
            "<b>Spain:</b><br>Leon<br>Toledo<br><b>Norway:</b><br>Oslo",
            ["Spain:", "Norway:"],
            ["Leon", "Toledo", "Oslo"],
        ),
        ("<b>Spain</b><br><b>Norway</b><br><b>Italy</b>", [], ["Spain", "Norway", "Italy"]),
        ("Spain<br>Norway<br>Italy", [], ["Spain", "Norway", "Italy"]),
        ("<b>Leon</b><br>Mayor<br>Spain", [], ["Leon", "Mayor", "Spain"]),
        ("<b>Co-chairs:</b><br>Leon<br>Oslo", ["Co-chairs:"], ["Leon", "Oslo"]),
        ("Co-chairs<br>Leon<br>Oslo", [], ["Co-chairs", "Leon", "Oslo"]),
    ],
)
def test_country_or_office_in_bold_heads_the_lines_after_it(lines: str, headings: list[str], items: list[str]) -> None:
    document = _read(_body(f"<main><h1>Members</h1>{PROSE}<p>{lines}</p></main>"))
    assert [text for kind, text in _blocks(document) if kind == "heading"] == ["Members", *headings]
    assert _items(document) == items


def test_heading_is_read_whatever_its_id_says() -> None:
    heading = "<h2 id=sharing-cities-alliance>Sharing Cities Alliance</h2><p>Bonn is a member of it.</p>"
    hidden = "<h2 class=visually-hidden>Vienna</h2><p>Kiel is not.</p>"
    document = _read(_body(f"<main><h1>Networks</h1>{PROSE}{heading}{hidden}</main>"))
    assert [text for kind, text in _blocks(document) if kind == "heading"] == ["Networks", "Sharing Cities Alliance"]


@pytest.mark.parametrize("top", ["", "<header><p>Vienna</p></header>", "<div><header><nav>Vienna</nav></header></div>"])
def test_headers_of_cards_are_read_and_that_of_the_page_is_not(top: str) -> None:
    card = "<div class=card><header><h3>{}</h3></header><p>It has been a member since 1998.</p></div>"
    document = _read(_body(f"{top}<div><h1>Members</h1>{PROSE}{card.format('Bonn')}{card.format('Kiel')}</div>"))
    assert [text for kind, text in _blocks(document) if kind == "heading"] == ["Members", "Bonn", "Kiel"]


@pytest.mark.parametrize(
    ("markup", "is_kept"),
    [
        ("<h3>Europe</h3><p><a href=/1>Lisbon</a>, <a href=/2>Oslo</a></p>", True),
        ("<h2>Latest members</h2><ul><li><a href=/1>Lisbon</a></li><li><a href=/2>Oslo</a></li></ul>", True),
        ("<h3>Europe</h3><p><a href=/1>Lisbon</a></p>", False),
        ("<h3>Europe</h3><p>Tags: <a href=/1>Lisbon</a>, <a href=/2>Oslo</a></p>", False),
        ("<h3>Europe</h3><p><a href=/1>Home</a> / <a href=/2>Lisbon</a></p>", False),
        ("<h3>Related</h3><p><a href=/1>Lisbon</a>, <a href=/2>Oslo</a></p>", False),
        ("<h3>Europe</h3><div><a href=/1>Lisbon</a><a href=/2>Oslo</a></div>", False),
    ],
)
def test_short_paragraph_of_links_is_content_if_it_enumerates(markup: str, is_kept: bool) -> None:
    document = _read(_body(f"<article><h1>Members</h1>{LONG}{markup}</article>"))
    assert ("Lisbon" in document.text) is is_kept


@pytest.mark.parametrize(
    ("heading", "text"),
    [("<h3>Related news</h3>", "<p>What was built is long and wide</p>"), ("", "<span>3 May</span>")],
)
def test_grid_of_other_articles_is_left_out_with_its_text(heading: str, text: str) -> None:
    card = f"<div class=card><h3><a href=/>Vienna builds a bridge to {{}}</a></h3>{text}</div>"
    cards = "".join(card.format(name) for name in ("Graz", "Linz", "Enns"))
    document = _read(_body(f"<article><h1>The plan</h1>{LONG}{heading}<div>{cards}</div></article>"))
    assert "Vienna" not in document.text


def test_a_list_that_is_given_twice_for_narrow_screens_is_read_once() -> None:
    items = "<ul><li>Bonn</li><li>Kiel</li><li>Oslo</li></ul>"
    assert _items(_read(_body(f"<main><h1>Members</h1>{PROSE}{items}<div class=mobile>{items}</div></main>"))) == [
        "Bonn",
        "Kiel",
        "Oslo",
    ]


def test_headings_govern_in_document_order() -> None:
    document = _read(_body(f"<h1>Members</h1>{PROSE}<p><b>Norway</b></p><ul><li>Oslo</li></ul><h2>Empty</h2>"))
    assert [kind for kind, _ in _blocks(document)] == ["heading", "paragraph", "heading", "list_item"]
    assert [block.level for block in document.blocks if block.kind is BlockKind.HEADING] == [1, 2]


def test_sections_that_open_side_by_side_have_headings_of_one_level() -> None:
    section = "<details><summary>{}</summary><details><summary>{}</summary><p>It has a member.</p></details></details>"
    markup = (
        f"<h2>List</h2>{section.format('Spain', 'Leon')}{section.format('Norway', 'Oslo')}<p><b>Rest</b></p>{PROSE}"
    )
    document = _read(_body(f"<h1>Members</h1>{PROSE}{markup}"))
    assert [block.level for block in document.blocks if block.kind is BlockKind.HEADING] == [1, 2, 3, 4, 3, 4, 3]


def test_heading_that_is_a_button_is_read_and_a_button_in_a_heading_is_not() -> None:
    headings = (
        "<h3><button>Spain</button></h3><p>Leon is in.</p><h3>Norway <button>Share</button></h3><p>Oslo is in.</p>"
    )
    document = _read(_body(f"<main><h1>Members</h1>{PROSE}{headings}</main>"))
    assert [text for kind, text in _blocks(document) if kind == "heading"] == ["Members", "Spain", "Norway"]


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        ("Valencia, Spain<br>Leon, Spain", "Valencia, Spain, Leon, Spain"),
        ("The network is for towns<br>that lie on rivers.", "The network is for towns that lie on rivers."),
    ],
)
def test_two_entries_on_lines_of_their_own_are_parted_by_a_comma(lines: str, text: str) -> None:
    assert text in [text for _, text in _blocks(_read(_body(f"<main><h1>Members</h1>{PROSE}<p>{lines}</p></main>")))]


def test_item_of_one_long_paragraph_is_an_item() -> None:
    long = "Bonn, which has been a member of the network of towns since it was founded, " * 3
    document = _read(_body(f"<main><h1>Members</h1>{PROSE}<ul><li><p>{long}</p></li><li><p>Kiel</p></li></ul></main>"))
    assert _items(document) == [long.strip(), "Kiel"]


def test_tables_keep_their_rows_and_cells() -> None:
    table = "<table><tr><th>City</th><th>Since</th></tr><tr><td>Bonn</td><td></td></tr></table>"
    document = _read(_body(f"<main><h1>Members</h1>{PROSE}{table}</main>"))
    row = document.blocks[-1]
    assert row.kind is BlockKind.TABLE_ROW
    assert [document.text[start:end] for start, end in row.cells] == ["Bonn", ""]


def test_text_between_blocks_and_breaks_makes_paragraphs() -> None:
    document = _read(
        _body("<div>Bonn has joined the network.<br><br>Its mayor is glad of it.<div>Kiel follows.</div></div>")
    )
    assert [text for _, text in _blocks(document)] == [
        "Bonn has joined the network.",
        "Its mayor is glad of it.",
        "Kiel follows.",
    ]


@pytest.mark.parametrize(
    ("head", "published"),
    [
        ("<meta property='article:published_time' content='2021-05-04T23:30:00+02:00'>", "2021-05-04"),
        ("<meta name='dcterms.issued' content='2021-05'>", "2021-05"),
        ("<meta name=date content='4 May 2021'>", "2021-05-04"),
        ('<script type="application/ld+json">{"@graph": [{"datePublished": "2021-05-04"}]}</script>', "2021-05-04"),
        ('<script type="application/ld+json">{"datePublished": broken</script>', None),
        ("<meta property='article:modified_time' content='2022-01-02'>", "2022-01-02"),
        ("", None),
    ],
)
def test_date_is_as_exact_as_the_page_gives_it(head: str, published: str | None) -> None:
    assert _read(_body(f"<main><h1>Members</h1>{PROSE}</main>", head)).published == published


@pytest.mark.parametrize(
    "other",
    [
        "<div class='event-date'>26 April 2023</div>",
        "<div class='event-date'><time datetime='2023-04-26'>26 April</time></div>",
        "<div><time datetime='2023-04-26'>26 April</time>, 26–28 April 2023, Modena</div>",
        "<p class=date>26–28 April 2023</p>",
        "<p class=date>April 26 to May 2, 2023</p>",
        "<div class=date><cite>2 March 2012</cite></div>",
        "<p>Founded 30 April 1999 <span class='bday dtstart published updated'>1999-04-30</span></p>",
        "<div class=date><span class=reference-accessdate>Retrieved 3 May 2021</span></div>",
    ],
)
def test_dates_of_events_and_references_are_not_that_of_the_page(other: str) -> None:
    assert _read(_body(f"<main><h1>The forum</h1>{other}{PROSE}</main>")).published is None
    dated = "<time datetime='2022-11-05'>5 November 2022</time>"
    whole = f"<div class=event><h1>The forum, 26–28 April 2023</h1>{other}{dated}{PROSE}</div>"
    document = _read(_body(whole))
    assert (document.title, document.published) == ("The forum, 26–28 April 2023", "2022-11-05")


def test_visible_imprint_dates_a_page_without_metadata() -> None:
    document = _read(_body(f"<main><h1>Members</h1><p>Published: 3 May 2019</p>{PROSE}</main>"))
    assert document.published == "2019-05-03"


def test_publisher_title_address_and_kind_are_read() -> None:
    head = (
        "<title>Bonn joins | Crier</title><meta property='og:site_name' content='Town Crier'>"
        "<link rel=canonical href='https://crier.example/bonn'>"
        '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Bonn joins"}</script>'
    )
    document = _read(_body(f"<main><h1>Bonn joins</h1>{PROSE}</main>", head))
    assert (document.title, document.publisher) == ("Bonn joins", "Town Crier")
    assert (document.url, document.kind) == ("https://crier.example/bonn", DocumentKind.NEWS)


@pytest.mark.parametrize(
    ("encoding", "head", "media_type"),
    [
        ("latin-1", "<meta charset='iso-8859-1'>", None),
        ("cp1252", "", None),
        ("cp1252", "", "text/html; charset=windows-1252"),
        ("utf-8", "<meta charset='iso-8859-1'>", None),
        ("utf-16", "", None),
    ],
)
def test_pages_in_other_encodings_are_decoded(encoding: str, head: str, media_type: str | None) -> None:
    page = _body(f"<main><h1>Málaga joins</h1>{PROSE}</main>", head).encode(encoding)
    assert "Málaga joins" in _read(page, media_type).text


@pytest.mark.parametrize(
    "content",
    [
        "",
        "<div id=root></div><noscript>Please enable JavaScript to see this page in your browser</noscript>",
        "<nav><ul><li><a href=/>Home page of this site</a></li><li><a href=/a>All about us</a></li></ul></nav>",
        "<h1>404</h1><p>Not found</p>",
    ],
)
def test_a_page_without_main_text_is_unreadable(content: str) -> None:
    with pytest.raises(UnreadableDocument, match="main text"):
        _read(_body(content))


def test_language_is_that_of_the_prose() -> None:
    german = (
        "<p>Die Stadt Leipzig ist seit 1993 Mitglied des Netzwerks. Der Oberbürgermeister wurde im Juni zum "
        "Präsidenten gewählt und wird das Amt für zwei Jahre ausüben, wie die Stadt mitteilte.</p>"
    )
    assert _read(f"<html lang=en><body><main>{german}</main></body></html>").language == "de"
    assert _read(f"<html lang=de><body><main>{PROSE}</main></body></html>").language == "en"


def test_deep_and_broken_markup_is_read() -> None:
    assert "founded in 1991" in _read("<div>" * 100 + PROSE + "</span></p></table>").text


def test_a_fragment_is_content_throughout() -> None:
    document = read_fragment("<p>Bonn joined.</p><ul><li>Kiel</li></ul>", name="entry")
    assert document.text == "Bonn joined.\n\n- Kiel"
    with pytest.raises(UnreadableDocument):
        read_fragment(" <br> ", name="entry")


def test_page_with_more_text_than_pages_have_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extractors.articles._MAX_TEXT", 500)
    with pytest.raises(
        UnreadableDocument, match=r"found a page with \d{3} characters of main text, expected 500 at most"
    ):
        _read(_body(f"<article><h1>The plan</h1>{LONG}</article>"))
    with pytest.raises(UnreadableDocument, match="expected 500 at most"):
        read_fragment(LONG, name="entry")
