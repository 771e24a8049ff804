"""Text to claims: readers of documents, mentions, relations, scores. A stranger to the warehouse."""
