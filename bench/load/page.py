"""Writes the tables and charts of docs/performance.md from the raw results; the text around them stays.

A table stands between `<!-- table: NAME -->` and `<!-- end -->`.
"""
import argparse
import json
import re
import sys

import tables
import workplace

PAGE = workplace.ROOT / "docs/performance.md"
CHARTS = workplace.ROOT / "docs/charts"
TABLE = re.compile(r"(<!-- table: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)


def read_results(folder):
    """The raw files by their kind."""
    files = [json.loads(path.read_text()) for path in sorted(folder.glob("*.json"))]
    return {file["kind"]: file for file in files}


def with_tables(text, made):
    """The page with every table replaced; a table that the page names must be known."""
    return TABLE.sub(lambda match: f"{match[1]}\n{made[match[2]]}\n\n{match[3]}", text)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="only says whether the tables are those of the results")
    options = parser.parse_args()
    files = read_results(workplace.RESULTS)
    old = PAGE.read_text()
    new = with_tables(old, tables.all_tables(files))
    if options.check:
        print("the page is up to date" if old == new else "the page is old: run scripts/bench page")
        return old != new
    PAGE.write_text(new)
    import charts  # needs Matplotlib, which the check does not

    charts.draw_all(files, CHARTS)
    print(f"{PAGE.relative_to(workplace.ROOT)} from {', '.join(sorted(files)) or 'no results'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
