"""A run summed up for people."""

from flows.run import RunReport


def describe_change(report: RunReport) -> str:
    """One sentence on what the run added to the registry."""
    if not report.changes:
        known = "all of them known" if report.documents and not report.documents_new else f"{report.documents_new} new"
        return f"Nothing was added to the registry: {report.documents} documents read, {known}, no change."
    changes = ", ".join(f"{count} {kind.replace('_', ' ')}" for kind, count in report.changes.items())
    return f"The registry changed: {changes}."


def write_markdown(report: RunReport) -> str:
    """The run as a Markdown page: counts, changes, what could not be read."""
    rows = [
        ("inputs read", report.inputs),
        ("documents", report.documents),
        ("new documents", report.documents_new),
        ("new claims", report.claims_new),
        ("memberships in the registry", report.memberships),
        ("open conflicts", report.conflicts),
        ("inputs lost", len(report.failures)),
    ]
    table = "\n".join(f"| {name} | {count} |" for name, count in rows)
    parts = [f"# Run {report.run_id[:12]}", f"| | |\n| --- | ---: |\n{table}", describe_change(report)]
    if report.findings:
        parts.append("## Findings\n" + "\n".join(f"- {finding.message}" for finding in report.findings))
    return "\n\n".join(parts) + "\n"
