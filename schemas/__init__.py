"""Words and shapes that all rooms share: vocabulary, dates, documents, claims, sources, errors.

Depends on pydantic and the standard library only.
"""
