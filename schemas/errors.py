"""What can go wrong. The split that matters: try again, or ask a person.

    HansaError
    ├── ConfigurationError      wrong usage, settings, sources file          exit 2
    ├── WarehouseBusy           another process writes the warehouse         exit 3
    ├── ExpectationFailed       a source broke its expectation; no publish   exit 4
    ├── RegistryCheckFailed     a check on the registry found offenders      exit 4
    ├── SourceUnavailable       transient: time-out, 429, 5xx; worth a retry
    ├── SourceRefused           terminal: 403, 404, robots, unsafe address
    └── UnreadableDocument      terminal: a document that gives no text

A message says where, what came, what was expected, what to do.
"""


class HansaError(Exception):
    """Any error that Hansa raises on purpose; its text is fit to be shown to a user."""


class ConfigurationError(HansaError):
    """Wrong usage, settings or sources file."""


class WarehouseBusy(HansaError):
    """Another process holds the warehouse for writing."""


class ExpectationFailed(HansaError):
    """A source yielded less than it promises, so nothing is published."""


class RegistryCheckFailed(HansaError):
    """A check on the registry returned offenders, so nothing is published."""


class SourceUnavailable(HansaError):
    """A source did not answer, or asked to be left alone for now: worth a retry."""


class SourceRefused(HansaError):
    """A source will not be read, now or later: not found, forbidden, unsafe."""


class UnreadableDocument(HansaError):
    """An input that gives no text."""
