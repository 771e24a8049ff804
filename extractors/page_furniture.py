"""What sites put around and after their content, by how they call it: in classes and ids, over it, and in it.

Pages in other languages than English are read as well, though no claims are taken from them.
"""

import re

# Words of a class or an id that name what is around the content. Whole words only: "share" is no part
# of "shareholders". Pages whose content itself is named so (a "sidebar" around all) are judged by the
# text they hold, see `PageReader`.
_WRAPPING = re.compile(
    r"(?:^|[\s_-])(?:cookies?|cookiebar|cookiebanner|consent|gdpr|breadcrumbs?|navbar|nav|navigation|menu|footer|"
    r"sidebar|share|sharing|social|socials|newsletter|subscribe|signup|promo|ads?|advert|advertisement|sponsored|"
    r"pagination|paginate|pager|popup|cta|modal|skip|skiplink|toolbar|tagcloud|tags|taglist|teasers?|print-only|"
    r"sr-only|visually-hidden|screen-reader-text|related|related-(?:links|posts|articles|news|content)|relatedposts|"
    r"recommended|see-also|read-(?:more|next)|more-news|site-header|masthead|topbar|banner|lang-switch|"
    r"language-switcher|entryfooter)(?:$|[\s_-])"
)
_COMMENTS = re.compile(
    r"(?:^|[\s_-])(?:comments|comment-?(?:list|area|form|section|thread|respond)|respond|disqus|disqus_thread|"
    r"kommentare|commentaires|comentarios|commenti|reacties)(?:$|[\s_-])"
)
# Who has joined or won is content: "Latest members", not "Latest member stories".
_NEW_MEMBERS = (
    r" (?:new )?(?:members?(?: (?:cities|towns))?|cities|towns|signatories|laureates|winners|additions)"
    r"(?: (?:of|to|in|since)\b|\W*$)"
)
_RELATED = re.compile(
    r"(?i)^(?:(?:more )?related|see also|read (?:more|next|also)|more (?:news|stories|articles|from|on)|"
    rf"(?:latest|recent)(?!{_NEW_MEMBERS})|(?:the )?most (?:read|popular|viewed|shared|recent)|"
    r"other (?:\w+ ){0,3}(?:news|stories|articles|columns|posts|reading)|next (?:article|story|up|on)|up next|"
    r"featured (?:news|stories|articles|posts|videos|slide ?shows)|trending|around the web|promoted|sponsored|"
    r"you (?:may|might) (?:also )?like|share|follow us|further (?:reading|links)|tags|topics|recommended|popular|"
    r"quick ?links|useful links|links|contact|downloads?|subscribe|sign up|newsletter|partners of this site|"
    r"categories|archives?|"
    r"(?:ähnliche|weitere|verwandte|neueste|aktuelle|passende) (?:artikel|beiträge|themen|meldungen|nachrichten|news)|"
    r"mehr (?:zum thema|aus|von|zu|über|lesen)|lesen sie auch|auch interessant|top[ -]?themen|meistgelesen|"
    r"schlagwörter|das könnte (?:sie|dich|ihnen|euch)|"
    r"(?:à )?lire aussi|voir aussi|articles (?:similaires|liés|récents|associés)|sur le même (?:sujet|thème)|"
    r"dans la même (?:rubrique|catégorie)|les plus lus|"
    r"(?:artículos|noticias|entradas|artigos|notícias) relacionad[ao]s|(?:también )?te puede interesar|ver también|"
    r"lo más (?:leído|visto)|más noticias|leia (?:também|mais)|veja também|mais lidas|"
    r"leggi anche|articoli (?:correlati|recenti)|(?:ti )?potrebbe interessart?i|i più letti|vedi anche|"
    r"lees (?:ook|meer)|gerelateerde?|meer (?:nieuws|over)|verwante|"
    r"(?:czytaj|zobacz|przeczytaj) (?:też|także|również)|powiązane|podobne|polecane|najczęściej czytane|"
    r"läs (?:också|även|mer)|l[eæ]s også|relaterade|relatere?[dt]e|mest (?:lest|læste|läst))\b"
)
_OVER_COMMENTS = re.compile(
    r"(?i)(?:\d+ )?(?:comments?|replies|responses)(?: \(?\d+\)?)?|"
    r"(?:leave|post|add|write) (?:a |your )?(?:reply|comment)|join the (?:conversation|discussion)|comments are closed|"
    r"(?:\d+ )?kommentare?(?: \(?\d+\)?)?|kommentare? (?:schreiben|verfassen|hinterlassen|abgeben|geschlossen)|"
    r"schreibe? einen kommentar|hinterlassen? (?:sie )?(?:eine antwort|einen kommentar)|"
    r"(?:\d+ )?commentaires?|laisser un commentaire|(?:\d+ )?comentarios?|deja (?:un|tu) comentario|"
    r"deixe (?:um|o seu) comentário|lascia un commento|(?:\d+ )?commenti|reacties|"
    r"(?:geef|laat) een reactie(?: achter)?|"
    r"dodaj komentarz|komentarze|lämna ett svar|legg igjen en kommentar|skriv en kommentar"
)
_CREDIT = re.compile(
    r"(?i)\s*[(\[|/–—-]*\s*(?:©|\b(?:photo|picture|image|foto|bild|fot|zdj)(?:s|er|o?graph|ograf)?\.?\s?"
    r"(?:credits?|courtesy|by|von|par)?\s?:|\b(?:photo|image|picture) (?:credit|courtesy|by)\b)"
    r"(?:[^.!?\n]|\.(?=\S)|(?<=\b\w)\.){2,80}\.?\s*"
)
_SIGNED_CREDIT = re.compile(r"\s*[(\[|–—-]\s*©(?:[^.!?\n]|\.(?=\S)){2,80}\s*")
_COOKIES = re.compile(
    r"(?i)\b(?:us(?:es?|ing|amos)|accept\w*|verwend\w+|(?:be)?nutz\w+|setz\w+|akzeptier\w+|utili[sz]\w+|gebruik\w*|"
    r"korzysta\w*|używa\w*)\b[^.]{0,60}\bcookies?\b"
)
_MAX_NOTICE = 500
_MAX_LABEL = 60


def names_wrapping(names: str) -> bool:
    """Whether words of a class or an id, in lower case, say that something is around the content."""
    return _WRAPPING.search(names) is not None or names_comments(names)


def names_comments(names: str) -> bool:
    """Whether they say that it is what readers have written under an article."""
    return _COMMENTS.search(names) is not None


def heads_related(heading: str) -> bool:
    """Whether links to other pages are announced."""
    return _RELATED.match(heading) is not None


def heads_comments(line: str) -> bool:
    """Whether a line stands over readers' comments, or over the form for them, and says nothing else."""
    return len(line) <= _MAX_LABEL and _OVER_COMMENTS.fullmatch(" ".join(line.split()).strip(" :…!.")) is not None


def is_cookie_notice(paragraph: str) -> bool:
    """Whether a paragraph looks like the notice that a site gives of its cookies."""
    return len(paragraph) <= _MAX_NOTICE and _COOKIES.search(paragraph) is not None


def cut_credit(text: str, *, is_caption: bool) -> str:
    """A text without the credit of its picture at its end; of other texts than captions only one with a sign of it."""
    pattern = _CREDIT if is_caption else _SIGNED_CREDIT
    match = next((m for m in pattern.finditer(text) if m.end() == len(text)), None)
    return text if match is None else text[: match.start()].rstrip()
