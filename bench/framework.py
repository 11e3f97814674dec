"""
A borough's page beside the same page made with Observable Framework, in the same browser and from the same web server, in turns.

Framework comes from a package registry and needs Node, so it is not fetched here:

    PYTHONPATH=. python bench/framework.py write DIR      its source: our words, and our figures for its charts
    cd DIR && npm install && npx observable build
    PYTHONPATH=. python bench/framework.py measure DIR

Its page has no tables, which it would draw from further scripts; ours has all. Nothing here fails: it measures.
"""

import json
import re
import statistics
import sys
import tempfile
from html import escape, unescape
from pathlib import Path

from bench.phones import BOROUGH, HALL, HALL_NAME, REPEATS, chromium, publish_one, visit, write_packed
from tests.faults.hosting import MISSING, WHY, hosted

THEIRS = "framework/"
PACKAGES = {"@observablehq/framework": "1.13.4", "@observablehq/plot": "0.6.17", "d3": "7.9.2"}
CONFIG = 'export default {root: "src", output: "dist", title: "A borough", search: false, globalStylesheets: []};\n'
TABLE = re.compile(r"<table.*?</table>", re.DOTALL)
CHART = re.compile(r'<svg.*?id="chart-([a-z0-9-]+)-title".*?</svg>', re.DOTALL)
TAG = re.compile(r"<[^>]*>")
HEAD = """---
toc: false
sidebar: false
pager: false
---

```js
import * as Plot from "@observablehq/plot";
const every = await FileAttachment("figures.json").json();
const line = ([name, values]) => Plot.line(values.map((value, at) => [at, value]), {strokeDasharray: name.includes("limit") ? "4" : null});
const chart = (columns) => Plot.plot({width: 640, height: 360, marks: Object.entries(columns).map(line)});
```

"""


def main() -> None:
    """Write the source, or measure what was built of it."""
    if len(sys.argv) != 3 or sys.argv[1] not in ("write", "measure"):
        print("     left out: a page built with Observable Framework is needed, see the first lines of bench/framework.py")
        return
    if MISSING:
        sys.exit(WHY)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        publish_one(folder)
        if sys.argv[1] == "write":
            _source(folder / "public/current" / BOROUGH, Path(sys.argv[2]))
        else:
            _beside(Path(sys.argv[2]) / "dist", folder)
            _measure(folder)


def _source(ours: Path, folder: Path) -> None:
    """Our page as Framework takes it: Markdown with our words, and a chart wherever we have one."""
    body = (ours / "index.html").read_text(encoding="utf-8").split("<body", 1)[1]
    first, *rest = CHART.split(TABLE.sub("", body))
    words = [_words(f"<{first}")]
    words += [f'```js\nchart(every["{measure}"])\n```\n\n{_words(text)}' for measure, text in zip(rest[::2], rest[1::2], strict=True)]
    (folder / "src").mkdir(parents=True, exist_ok=True)
    (folder / "src/index.md").write_text(HEAD + "\n".join(words), encoding="utf-8")
    (folder / "src/figures.json").write_text(json.dumps({measure: _columns(ours / measure) for measure in rest[::2]}), encoding="utf-8")
    (folder / "package.json").write_text(json.dumps({"private": True, "type": "module", "dependencies": PACKAGES}), encoding="utf-8")
    (folder / "observablehq.config.js").write_text(CONFIG, encoding="utf-8")
    print(f"     {len(rest) // 2} charts; next: cd {folder} && npm install && npx observable build")


def _words(markup: str) -> str:
    lines = (line.strip() for line in TAG.sub("\n", markup).splitlines())
    return "\n".join(f"<p>{escape(unescape(line))}</p>\n" for line in lines if line)


def _columns(folder: Path) -> dict[str, list]:
    file = json.loads((folder / "data.json").read_text(encoding="utf-8"))
    names = [name for name, kind in file["columns"].items() if kind not in ("period", "text")]
    return {name: [row[name] for row in file["rows"]] for name in names}


def _beside(built: Path, folder: Path) -> None:
    """Put it beside our pages, compressed as they are."""
    if not built.is_dir():
        sys.exit(f"{built} is not there: build it first")
    for path in (path for path in built.rglob("*") if path.is_file()):
        write_packed(folder, f"{THEIRS}{path.relative_to(built).as_posix()}", path.read_bytes())


def _measure(folder: Path) -> None:
    charts = (folder / "public/current" / BOROUGH / "index.html").read_text(encoding="utf-8").count("<svg")
    with hosted(folder / "site", folder / "public", [], policy=False) as site, chromium() as browser:
        for name, net in (("unslowed", None), (HALL_NAME, HALL)):
            pairs = [[visit(site, browser, path, net, charts) for path in (f"{BOROUGH}/", THEIRS)] for _ in range(REPEATS)]
            for whose, visits in zip(("ours", "Framework's"), zip(*pairs, strict=True), strict=True):
                seconds, first = statistics.median(visit.last for visit in visits), visits[0]
                print(f"     {name}, {whose}: whole after {seconds:.2f} s, {first.bytes / 1000:.0f} kB in {first.requests} requests")
            times = statistics.median(ours.last / theirs.last for ours, theirs in pairs)
            verdict = "met:" if times < 1 else "NOT MET:"
            print(f"{verdict} {name}, ours takes {times:.2f} times as long as Framework's (required: less than 1)")


if __name__ == "__main__":
    main()
