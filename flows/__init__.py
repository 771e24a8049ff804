"""When and where: flows, sources, fetching, settings, command line. Knows Prefect, network, clock, environment."""
