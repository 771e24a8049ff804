"""The closed vocabularies of the registry; each member says what it means."""

from enum import StrEnum


class Role(StrEnum):
    """What a city is to a network, by the words of a document."""

    MEMBER = "member"
    """Is a member of, belongs to, joined, is part of the network, or stands in its list of members."""
    FOUNDING_MEMBER = "founding_member"
    """Is one of those that founded the network."""
    ASSOCIATE_MEMBER = "associate_member"
    """Holds an associate, affiliate, corresponding or partner-city tier of membership."""
    OBSERVER = "observer"
    """Has observer standing."""
    SIGNATORY = "signatory"
    """Signed, endorsed or committed to the network's charter, covenant, pledge or declaration."""
    PARTNER = "partner"
    """Cooperates with the network as a partner from outside."""
    PARTICIPANT = "participant"
    """Takes part in a programme, project, campaign or working group that the network runs."""
    CHAIR = "chair"
    """Holds the presidency or chair of the network itself, its board or its steering committee."""
    CO_CHAIR = "co_chair"
    """Shares the presidency or chair of the network."""
    VICE_CHAIR = "vice_chair"
    """Holds the vice-presidency or vice-chair of the network, a regional one too."""
    BOARD_MEMBER = "board_member"
    """Has a seat in the governing body: board, bureau, executive committee, council; treasurer included."""
    COMMITTEE_CHAIR = "committee_chair"
    """Leads a committee, section, commission, forum, task force or working group of the network."""
    SECRETARIAT_HOST = "secretariat_host"
    """Is the seat of the network's headquarters, secretariat or regional office."""
    EVENT_HOST = "event_host"
    """Hosts or hosted a congress, summit, assembly or workshop of the network."""
    AWARD_WINNER = "award_winner"
    """Won an award or a competition of the network, or a further prize of it."""


class Status(StrEnum):
    """Whether a claimed role holds, at the time of the document's publication."""

    CURRENT = "current"
    """It holds; of events and awards: it has happened."""
    ENDED = "ended"
    """It held once and no longer does: former, withdrew, expelled, suspended, handed over."""
    PLANNED = "planned"
    """It is to come: will join, has applied, is a candidate, will host, takes office later."""
    DENIED = "denied"
    """The document says that it is not so: is no member, never joined, refused, withdrew as host."""


class Authority(StrEnum):
    """Who speaks in a document; a network's own page outweighs a city's, that a newspaper's."""

    NETWORK = "network"
    CITY = "city"
    NEWS = "news"
    ACADEMIC = "academic"
    OTHER = "other"


class DocumentKind(StrEnum):
    """The genre of a document, as far as it is known."""

    NEWS = "news"
    PRESS_RELEASE = "press_release"
    REPORT = "report"
    MINUTES = "minutes"
    WEBPAGE = "webpage"
    ESSAY = "essay"
    NEWSLETTER = "newsletter"
    SPEECH = "speech"
    LIST = "list"
    OTHER = "other"


class BlockKind(StrEnum):
    """What a stretch of a document's text is to its layout."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    TABLE_HEADER = "table_header"
    """The row of a table that names its columns."""
    TABLE_ROW = "table_row"
    FOOTNOTE = "footnote"
    CAPTION = "caption"


class MentionKind(StrEnum):
    """What a mention names."""

    CITY = "city"
    NETWORK = "network"
    PERSON = "person"
    DATE = "date"


class FindingKind(StrEnum):
    """What went wrong with an input, or what needs a person."""

    UNREADABLE = "unreadable"
    """An input that gives no text: empty, truncated, encrypted, a scan, not of its type."""
    UNREACHABLE = "unreachable"
    """A URL that gave no answer, or a refusal."""
    BROKEN_RECORD = "broken_record"
    """One record of an input (a line of JSON Lines, a feed entry) that cannot be read; the others were."""
    UNKNOWN_NETWORK = "unknown_network"
    """A network that the catalogue lacks."""
    UNRESOLVED_CITY = "unresolved_city"
    """A city of a claim without a GeoNames id."""
    EXPECTATION = "expectation"
    """A source gave fewer or more claims than its expectation allows."""
    FOREIGN_LANGUAGE = "foreign_language"
    """A document in a language other than English: kept, not mined."""
    DOUBTED_TEXT = "doubted_text"
    """Pages of a report that two readers read differently, or that are pictures without text; the others were read."""


class ChangeKind(StrEnum):
    """How a belief of the registry changed."""

    JOINED = "joined"
    """A membership began to be believed."""
    LEFT = "left"
    """A membership ended."""
    ROLE_GAINED = "role_gained"
    """A role other than membership began to be believed."""
    ROLE_ENDED = "role_ended"
    """A role other than membership ended."""
    PLANNED = "planned"
    """A role that is to come began to be believed."""
    STALE = "stale"
    """An office was not confirmed within its usual term: whether it is still held is not known."""
    CONFIRMED = "confirmed"
    """A stale office is still held after all."""
    NETWORK_ENDED = "network_ended"
    """A role ended because its network did, by dissolution, merger or under another name: nobody left."""
    CONTINUED = "continued"
    """A member of a network that is over goes on in its successor: nobody joined."""
    CORRECTED = "corrected"
    """The same spell is believed with other dates, holder, body or status."""
    RETRACTED = "retracted"
    """A spell is no longer believed at all: its claims were replaced or judged wrong."""


class Cause(StrEnum):
    """Why a belief changed."""

    WORLD = "world"
    """A new document tells something new."""
    SOURCE = "source"
    """A source that was read before says otherwise now."""
    EXTRACTOR = "extractor"
    """A new version of the extractor read an old document differently."""
    JUDGEMENT = "judgement"
    """A person decided."""
