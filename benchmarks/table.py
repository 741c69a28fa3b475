"""What was measured, as a table in a page of the docs."""

from __future__ import annotations

from pathlib import Path


def write_table(rows: list[tuple[str, dict[str, str]]], begin: str, end: str, page: Path) -> None:
    """Print a table, a row a way, and write it between two marks of a page."""
    heads = list(rows[0][1])
    lines = [f"| | {' | '.join(heads)} |", f"|---{'|---' * len(heads)}|"]
    lines += [f"| {name} | {' | '.join(found.values())} |" for name, found in rows]
    table = "\n".join(lines)
    print(table)
    before, _, rest = page.read_text("utf-8").partition(begin)
    _, _, after = rest.partition(end)
    page.write_text(f"{before}{begin}\n{table}\n{end}{after}", "utf-8")
