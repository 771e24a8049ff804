"""The sub-commands of `hansa`, a module per group; `flows/cli.py` binds them."""
