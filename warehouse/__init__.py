"""From claims to the registry: DuckDB files, their migrations, and the SQL that derives what is believed.

The SQL lies in `sql/`, readable in any SQL shell; these modules store rows, run it and ask it questions.
"""
