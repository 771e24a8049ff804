"""What the robots.txt of a site allows: read once a run, and kept to."""

import threading
from collections.abc import Callable
from urllib.parse import urlsplit

from protego import Protego

from schemas.errors import SourceUnavailable

MAX_ROBOTS_BYTES = 500_000
"""What crawlers are expected to read of a robots.txt (RFC 9309)."""


class Robots:
    """The rules of each site that was met, read once; for use by several threads at once.

    `fetch_text(url)` gives the text of its robots.txt, or None for none.
    """

    def __init__(self, fetch_text: Callable[[str], str | None], user_agent: str) -> None:
        self._fetch_text = fetch_text
        self._user_agent = user_agent
        self._rules: dict[str, Protego] = {}
        self._lock = threading.Lock()
        self._site_locks: dict[str, threading.Lock] = {}

    def allows(self, url: str) -> bool:
        """Whether the site's rules let `url` be fetched.

        Raises:
            SourceUnavailable: the site has rules that cannot be read now; RFC 9309 takes this for a no.
        """
        return bool(self._find_rules(url).can_fetch(url, self._user_agent))

    def crawl_delay_s(self, url: str) -> float:
        """The rest that the site asks for between two requests; 0 where it asks for none."""
        rules = self._find_rules(url)
        return float(rules.crawl_delay(self._user_agent) or 0)

    def _find_rules(self, url: str) -> Protego:
        parts = urlsplit(url)
        site = f"{parts.scheme}://{parts.netloc}"
        with self._lock:
            site_lock = self._site_locks.setdefault(site, threading.Lock())
        with site_lock:
            if site not in self._rules:
                self._rules[site] = self._read_rules(site)
            return self._rules[site]

    def _read_rules(self, site: str) -> Protego:
        try:
            return Protego.parse(self._fetch_text(f"{site}/robots.txt") or "")
        except SourceUnavailable as error:
            raise SourceUnavailable(
                f"{site}/robots.txt cannot be read, so nothing is fetched there: {error}"
            ) from error
