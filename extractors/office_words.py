"""Words for those who hold office in a city, of which patterns and lists of other modules are made."""

COUNCIL_MEMBERS = (
    *("councilmember", "councilman", "councilwoman", "councillor", "councilor"),
    *("alderman", "alderwoman", "commissioner", "trustee"),
)
"""Elected beside a mayor, in lower case and singular."""
FOREIGN_MAYORS = (
    *("maire", "mairesse", "alcalde", "alcaldesa", "prefeito", "prefeita", "sindaco", "sindaca", "edil"),
    *("intendente", "intendenta", "burgemeester"),
)
"""Heads of cities as English texts quote them in other languages, in lower case."""
COUNCIL_MEMBER = rf"(?:{'|'.join(COUNCIL_MEMBERS)})"
"""Any of them, as a part of a pattern."""
