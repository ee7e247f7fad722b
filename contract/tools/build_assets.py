"""Makes of the contract the files that the server carries: build_assets.py REDOC_BUNDLE OUTPUT_FOLDER.

Run by the build (cmake/Assets.cmake) with Debian's own Python and PyYAML; src/api/assets.S takes the files into the binary.
"""
import html
import json
import pathlib
import re
import string
import sys

import yaml

CONTRACT = pathlib.Path(__file__).resolve().parents[1]
# The one thing that the bundle would fetch from elsewhere, a logo; when it cannot be shown it shows nothing.
FOREIGN_LOGO = "https://cdn.redoc.ly/redoc/logo-mini.svg"
RETRY = {
    "never": "Repeating the same request does not help.",
    "later": "Repeating the same request later may help.",
    "once-fixed": "Repeat it when that is done.",
}


def openapi_json() -> str:
    text = (CONTRACT / "openapi.yaml").read_text()
    return json.dumps(yaml.safe_load(text), ensure_ascii=False, separators=(",", ":"))


def prose(text: str) -> str:
    """Escaped, with `code` as such."""
    return re.sub("`([^`]+)`", r"<code>\1</code>", html.escape(text, quote=False))


def error_section(error: dict) -> str:
    code = error["code"]
    return (
        f'<section id="{code}">\n'
        f'<h2><a href="#{code}"><code>{code}</code></a> <span class="status">{error["status"]}</span></h2>\n'
        f'<p>{prose(error["meaning"])}</p>\n'
        f'<p>{prose(error["action"])} {RETRY[error["retry"]]}</p>\n'
        "</section>"
    )


def error_row(error: dict) -> str:
    code = error["code"]
    return f'<tr><td>{error["status"]}</td><td><a href="#{code}"><code>{code}</code></a></td></tr>'


def errors_html() -> str:
    errors = yaml.safe_load((CONTRACT / "errors.yaml").read_text())
    page = string.Template((CONTRACT / "pages/errors.html").read_text())
    return page.substitute(rows="\n".join(map(error_row, errors)), sections="\n".join(map(error_section, errors)))


def redoc_js(bundle: pathlib.Path) -> str:
    text = bundle.read_text()
    if text.count(FOREIGN_LOGO) != 1:
        sys.exit(f"{bundle} is not the bundle that is known here: look again what it fetches from elsewhere")
    return text.replace(FOREIGN_LOGO, "data:,")


def page(name: str) -> str:
    return (CONTRACT / "pages" / name).read_text()


def main() -> None:
    bundle, folder = map(pathlib.Path, sys.argv[1:])
    folder.mkdir(parents=True, exist_ok=True)
    files = {
        "openapi.yaml": (CONTRACT / "openapi.yaml").read_text(),
        "openapi.json": openapi_json(),
        "docs.html": page("docs.html"),
        "errors.html": errors_html(),
        "redoc.js": redoc_js(bundle),
        "llms.txt": page("llms.txt"),
        "api-catalog.json": json.dumps(json.loads(page("api-catalog.json")), separators=(",", ":")),
    }
    for name, text in files.items():
        (folder / name).write_text(text)


if __name__ == "__main__":
    main()
