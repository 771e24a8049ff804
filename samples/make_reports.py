"""Make the two PDF reports among the samples; run from any folder: `python samples/make_reports.py`.

The files are the same byte for byte at every run (reportlab's `invariant`), so that a change of this
script shows in version control and nothing else does. Sources of the facts are in README.md.
"""

from pathlib import Path

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Frame,
    FrameBreak,
    KeepTogether,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
    TableStyle,
)

HERE = Path(__file__).parent
BODY = ParagraphStyle("body", fontName="Times-Roman", fontSize=10, leading=12.5, alignment=4, spaceAfter=6)
SMALL = ParagraphStyle("small", parent=BODY, fontSize=8, leading=10, alignment=0)
TITLE = ParagraphStyle("title", fontName="Helvetica-Bold", fontSize=20, leading=24, spaceAfter=8)
HEADING = ParagraphStyle("heading", fontName="Helvetica-Bold", fontSize=13, leading=16, spaceBefore=8, spaceAfter=4)
ITEM = ParagraphStyle("item", parent=BODY, leftIndent=12, bulletIndent=2, alignment=0, spaceAfter=2)
CAPTION = ParagraphStyle("caption", fontName="Helvetica-Oblique", fontSize=8.5, leading=11, spaceAfter=3)

# City, country, creative field, year of designation.
CREATIVE_CITIES = [
    ("Aswan", "Egypt", "Crafts and Folk Art", 2005),
    ("Buenos Aires", "Argentina", "Design", 2005),
    ("Popayán", "Colombia", "Gastronomy", 2005),
    ("Santa Fe", "United States", "Crafts and Folk Art", 2005),
    ("Bologna", "Italy", "Music", 2006),
    ("Montréal", "Canada", "Design", 2006),
    ("Seville", "Spain", "Music", 2006),
    ("Glasgow", "United Kingdom", "Music", 2008),
    ("Kobe", "Japan", "Design", 2008),
    ("Lyon", "France", "Media Arts", 2008),
    ("Nagoya", "Japan", "Design", 2008),
    ("Shenzhen", "China", "Design", 2008),
    ("Bradford", "United Kingdom", "Film", 2009),
    ("Ghent", "Belgium", "Music", 2009),
    ("Kanazawa", "Japan", "Crafts and Folk Art", 2009),
    ("Chengdu", "China", "Gastronomy", 2010),
    ("Icheon", "South Korea", "Crafts and Folk Art", 2010),
    ("Östersund", "Sweden", "Gastronomy", 2010),
    ("Saint-Étienne", "France", "Design", 2010),
    ("Seoul", "South Korea", "Design", 2010),
    ("Shanghai", "China", "Design", 2010),
    ("Sydney", "Australia", "Film", 2010),
    ("Graz", "Austria", "Design", 2011),
    ("Beijing", "China", "Design", 2012),
    ("Bogotá", "Colombia", "Music", 2012),
    ("Hangzhou", "China", "Crafts and Folk Art", 2012),
    ("Jeonju", "South Korea", "Gastronomy", 2012),
    ("Sapporo", "Japan", "Media Arts", 2013),
    ("Bilbao", "Spain", "Design", 2014),
    ("Busan", "South Korea", "Film", 2014),
    ("Dakar", "Senegal", "Media Arts", 2014),
    ("Dundee", "United Kingdom", "Design", 2014),
    ("Galway", "Ireland", "Film", 2014),
    ("Hamamatsu", "Japan", "Music", 2014),
    ("Helsinki", "Finland", "Design", 2014),
    ("Linz", "Austria", "Media Arts", 2014),
    ("Sofia", "Bulgaria", "Film", 2014),
    ("Turin", "Italy", "Design", 2014),
    ("York", "United Kingdom", "Media Arts", 2014),
]

# Name, city, office in Mayors for Peace.
BOARD = [
    ("Kazumi Matsui", "Hiroshima", "President"),
    ("Tomihisa Taue", "Nagasaki", "Vice-President"),
    ("Jaime Fresnedi", "Muntinlupa", "Vice-President"),
    ("Ivan Knez", "Biograd na Moru", "Vice-President"),
    ("Josep Mayoral", "Granollers", "Vice-President"),
]

CONFERENCES = [
    ("8th", "Granollers", "Spain", "9–10 November 2011"),
    ("10th", "Geneva", "Switzerland", "26 April 2018"),
    ("11th", "Hannover", "Germany", "11–12 November 2019"),
]


def _decorate(running_head: str):
    def draw(canvas: Canvas, doc: BaseDocTemplate) -> None:
        width, height = A4
        canvas.saveState()
        canvas.setFont("Helvetica", 8)
        canvas.drawString(20 * mm, height - 12 * mm, running_head)
        canvas.drawRightString(width - 20 * mm, height - 12 * mm, "City Networks Digest")
        canvas.drawCentredString(width / 2, 10 * mm, f"Page {doc.page}")
        canvas.restoreState()

    return draw


def make_creative_cities(path: Path) -> None:
    """A report in two columns, whose table of members runs over a column and a page."""
    width, height = A4
    margin, gutter = 20 * mm, 8 * mm
    column = (width - 2 * margin - gutter) / 2
    top = height - 20 * mm
    title_height = 34 * mm
    bottom = 18 * mm
    first = [
        Frame(margin, top - title_height, width - 2 * margin, title_height, 0, 0, 0, 0, id="title"),
        Frame(margin, bottom, column, top - title_height - bottom, 0, 0, 0, 0, id="left"),
        Frame(margin + column + gutter, bottom, column, top - title_height - bottom, 0, 0, 0, 0, id="right"),
    ]
    later = [
        Frame(margin, bottom, column, top - bottom, 0, 0, 0, 0, id="left"),
        Frame(margin + column + gutter, bottom, column, top - bottom, 0, 0, 0, 0, id="right"),
    ]
    document = BaseDocTemplate(str(path), pagesize=A4, invariant=1, title="Ten years of creative cities")
    document.addPageTemplates(
        [
            PageTemplate("first", first, onPage=_decorate("Ten years of creative cities")),
            PageTemplate("later", later, onPage=_decorate("Ten years of creative cities")),
        ]
    )
    table = Table(
        [["City", "Country", "Creative field", "Since"], *[[*map(str, row)] for row in CREATIVE_CITIES]],
        colWidths=[column * share for share in (0.27, 0.27, 0.34, 0.12)],
        repeatRows=1,
        style=TableStyle(
            [
                ("GRID", (0, 0), (-1, -1), 0.4, colors.grey),
                ("FONT", (0, 0), (-1, 0), "Helvetica-Bold", 8),
                ("FONT", (0, 1), (-1, -1), "Helvetica", 8),
                ("TOPPADDING", (0, 0), (-1, -1), 4),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 4),
                ("LEFTPADDING", (0, 0), (-1, -1), 3),
                ("RIGHTPADDING", (0, 0), (-1, -1), 2),
            ]
        ),
    )
    story = [
        NextPageTemplate("later"),
        Paragraph("Ten years of creative cities", TITLE),
        Paragraph("Published by City Networks Digest, 12 December 2014", BODY),
        FrameBreak(),
        Paragraph("How the network began", HEADING),
        Paragraph(
            "The UNESCO Creative Cities Network was launched in 2004. Edinburgh was its first member, as a city of "
            "literature. A year later came cities of other fields: Buenos Aires for design, Popayán for gastro\u00ad"
            "nomy, Aswan and Santa Fe for crafts and folk art.",
            BODY,
        ),
        Paragraph(
            "A city applies with one of seven fields: literature, film, music, crafts and folk art, design, media "
            "arts, gastronomy. UNESCO designates the members, and a member reports on its work.",
            BODY,
        ),
        Paragraph("Who carries it", HEADING),
        Paragraph("The members meet in subnetworks, one for each field. Among the cities of music are:", BODY),
        Paragraph("Bologna and Seville, members since 2006", ITEM, bulletText="•"),
        Paragraph("Glasgow, which joined in 2008", ITEM, bulletText="•"),
        Paragraph("Ghent, which followed in 2009", ITEM, bulletText="•"),
        Paragraph(
            "Nearly half of the cities in the table are in Europe, and a third in East Asia. Africa has two of them: "
            "Aswan and, since December 2014, Dakar. At the beginning of December 2014 UNESCO named 28 new members, "
            "the largest round until then.",
            BODY,
        ),
        Paragraph("What membership asks for", HEADING),
        Paragraph(
            "Membership is not a prize. A city that bears the title has to say every few years what it has done with "
            "it: which festivals, schools and workshops it keeps up, what it has exchanged with other members, and "
            "how much of it reaches those who have little. A city may leave, and may be asked to.",
            BODY,
        ),
        Paragraph(
            "Many cities set up a small office for the purpose. In Graz an agency for the creative industries takes "
            "care of it, in Saint-Étienne the centre for design that the city already had. Where nobody is charged "
            "with it the title hangs on a wall and little else comes of it.",
            BODY,
        ),
        FrameBreak(),
        Paragraph("The members", HEADING),
        Paragraph("Table 1: Members by December 2014, without the cities of literature (selection)", CAPTION),
        table,
        Spacer(1, 8),
        Paragraph("What the table leaves out", HEADING),
        Paragraph(
            "Eleven cities of literature were members by the end of 2014: Edinburgh, Melbourne, Iowa City, Dublin, "
            "Reykjavík, Norwich, Kraków, Dunedin, Granada, Heidelberg and Prague.",
            BODY,
        ),
    ]
    document.build(story)


def make_peace_board(path: Path) -> None:
    """A report in one column with a board page and a table without vertical rules."""
    width, height = A4
    margin = 25 * mm
    frame = Frame(margin, 20 * mm, width - 2 * margin, height - 42 * mm, 0, 0, 0, 0)
    document = BaseDocTemplate(str(path), pagesize=A4, invariant=1, title="Mayors for Peace: board and conferences")
    document.addPageTemplates(
        [PageTemplate("all", [frame], onPage=_decorate("Mayors for Peace: board and conferences"))]
    )
    board = [Paragraph(f"{name}, Mayor of {city} ({office})", BODY) for name, city, office in BOARD]
    rows = [["Conference", "Host city", "Country", "Date"], *[[*row] for row in CONFERENCES]]
    table = Table(
        rows,
        colWidths=[30 * mm, 40 * mm, 40 * mm, 45 * mm],
        hAlign="LEFT",
        style=TableStyle(
            [
                ("FONT", (0, 0), (-1, 0), "Times-Bold", 10),
                ("FONT", (0, 1), (-1, -1), "Times-Roman", 10),
                ("LINEBELOW", (0, 0), (-1, 0), 0.6, colors.black),
                ("LEFTPADDING", (0, 0), (-1, -1), 0),
            ]
        ),
    )
    story = [
        Paragraph("Mayors for Peace: board and conferences", TITLE),
        Paragraph("Published by City Networks Digest, February 2020", BODY),
        Paragraph(
            "Mayors for Peace counted 7,863 member cities in 163 countries and regions on 1 February 2020. Hiroshima "
            "and Nagasaki called it into being in 1982. This report says who leads it and where its executive "
            "conference has met.<super>1</super>",
            BODY,
        ),
        Paragraph("The office", HEADING),
        Paragraph("The secretariat is in Hiroshima, whose mayor is always the president of the network.", BODY),
        PageBreak(),
        Paragraph("The board", HEADING),
        Paragraph("As of November 2019 these mayors held office in Mayors for Peace:", BODY),
        *board,
        Spacer(1, 6),
        Paragraph("Hannover, Malakoff, Manchester and Ypres are vice-president cities, too.", BODY),
        KeepTogether(
            [Paragraph("Executive conferences", HEADING), Paragraph("Table 1: Hosts (selection)", CAPTION), table]
        ),
        Spacer(1, 12),
        Paragraph("Montréal took part in the conferences of 2018 and 2019 as an executive city.", BODY),
        Spacer(1, 300),
        Paragraph("1 Executive conferences are meetings of the cities that hold office in the network.", SMALL),
    ]
    document.build(story)


if __name__ == "__main__":
    make_creative_cities(HERE / "creative-cities-2014.pdf")
    make_peace_board(HERE / "mayors-for-peace-board.pdf")
