"""Ids that are hashes of what they name: the same thing has the same id, in any run and any order."""

import hashlib
import json


def hash_content(*parts: object) -> str:
    """The sha256 of `parts` as canonical JSON, in hexadecimal: 64 characters."""
    text = json.dumps(parts, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
