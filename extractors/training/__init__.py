"""Training, evaluation and packaging of the English pipeline; nothing here is imported at run time."""
