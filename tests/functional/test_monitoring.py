"""The dashboard, the alert rules and docs/monitoring.md hold to what a running server exports."""
import json
import pathlib
import re
import shutil
import subprocess

import pytest

from monitoring import families, read_page

ROOT = pathlib.Path(__file__).parents[2]
DASHBOARD = ROOT / "deploy/grafana/pixelvault.json"
RULES = ROOT / "deploy/prometheus/alerts.yml"
PAGE = ROOT / "docs/monitoring.md"
NAME = re.compile(r"\b(?:pixelvault|process)_\w+")
LABELLED = re.compile(r"\b((?:pixelvault|process)_\w+)\{([^}]*)\}")
OF_HISTOGRAM = re.compile(r"_(?:bucket|sum|count)$")
ADDED_BY_PROMETHEUS = {"instance", "job", "le"}

needs_promtool = pytest.mark.skipif(not shutil.which("promtool"), reason="promtool is not installed")


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    from server import Server

    server = Server(tmp_path_factory.mktemp("server"), "--admin-listen", "127.0.0.1:0").start()
    yield read_page(server)
    server.stop()


def expressions(path: pathlib.Path) -> list[str]:
    if path == RULES:
        return re.findall(r"expr: (?:>-\n)?(.*?)\n {8}(?:for|labels):", path.read_text(), re.DOTALL)
    panels = json.loads(path.read_text())["panels"]
    return [target["expr"] for panel in panels for target in panel.get("targets", [])]


def exported(name: str, known: dict[str, str]) -> bool:
    return name in known or known.get(OF_HISTOGRAM.sub("", name)) == "histogram"


def labels_of(name: str, page: str) -> set[str]:
    """Every `label="value"` that the page has with this name."""
    series = re.findall(rf"^{name}\{{(.*)\}} ", page, re.MULTILINE)
    return {pair for labels in series for pair in re.findall(r'\w+="[^"]*"', labels)}


@pytest.mark.parametrize("path", [DASHBOARD, RULES], ids=lambda path: path.name)
def test_every_metric_that_is_asked_for_is_exported(path, page):
    known = families(page)
    assert len(expressions(path)) >= 15
    for expression in expressions(path):
        names = NAME.findall(expression) or re.findall(r"\bup\b", expression)
        assert names, expression
        missing = [name for name in names if name != "up" and not exported(name, known)]
        assert not missing, expression


@pytest.mark.parametrize("path", [DASHBOARD, RULES], ids=lambda path: path.name)
def test_every_label_that_is_asked_for_is_exported(path, page):
    for expression in expressions(path):
        for name, matchers in LABELLED.findall(expression):
            for label, operator, value in re.findall(r'(\w+)(=~|=)"([^"]*)"', matchers):
                if label in ADDED_BY_PROMETHEUS:
                    continue
                values = [pair.partition("=")[2].strip('"') for pair in labels_of(name, page) if pair.startswith(label)]
                matches = [one for one in values if (re.fullmatch(value, one) if operator == "=~" else one == value)]
                assert matches, (expression, label, value)


def test_every_metric_is_documented_and_no_other(page):
    written = {OF_HISTOGRAM.sub("", name) for name in re.findall(r"`(pixelvault_\w+)[`{]", PAGE.read_text())}
    known = {name for name in families(page) if name.startswith("pixelvault_")}
    assert written == known


def test_every_alert_is_documented_and_no_other():
    rules = set(re.findall(r"alert: (\w+)", RULES.read_text()))
    assert set(re.findall(r"^\| `(PixelVault\w+)` \|", PAGE.read_text(), re.MULTILINE)) == rules


@needs_promtool
def test_prometheus_accepts_the_rules_and_the_scrape_configuration():
    for command in (["rules", RULES], ["config", RULES.with_name("scrape.yml")]):
        checked = subprocess.run(["promtool", "check", *command], capture_output=True, text=True)
        assert checked.returncode == 0, checked.stdout + checked.stderr


@needs_promtool
def test_alerts_fire_when_they_should(tmp_path):
    cases = (pathlib.Path(__file__).parent / "alerts_test.yml").read_text()
    file = tmp_path / "alerts_test.yml"
    file.write_text(f"rule_files: [{json.dumps(str(RULES))}]\n{cases}")
    tested = subprocess.run(["promtool", "test", "rules", file], capture_output=True, text=True)
    assert tested.returncode == 0, tested.stdout + tested.stderr
