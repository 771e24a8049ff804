"""When and where: flows, sources, fetching, settings, command line. Knows Prefect, network, clock, environment."""

import os

# Before NumPy is loaded: its matrices here are small, and on shared cores threads that wait for one another made a
# reading of a corpus ten times slower. Work in parallel is done by processes.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
