"""WeasyPrint: small files that name their chapters on every page; needs Pango's libraries."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib import metadata
from typing import Any

from archcalc.output.reporting.engines._base import Engine, EngineFailed

_PURPOSE = "pip install 'archcalc[reports]'"


class _WeasyPrint(Engine):
    name = "weasyprint"
    place = 1

    def missing(self) -> str:
        return _import()[1]

    def version(self) -> str:
        try:
            return f"WeasyPrint {metadata.version('weasyprint')}"
        except metadata.PackageNotFoundError:
            return ""

    def pdf(self, html: str) -> bytes:
        library, lacking = _import()
        if library is None:
            raise EngineFailed(lacking)
        # Our pages have no external references; any would not be followed.
        fetcher = library.urls.URLFetcher(allowed_protocols={"data"})
        identifier = hashlib.sha256(html.encode()).hexdigest()[:32].encode()
        page = library.HTML(string=html, url_fetcher=fetcher)
        data: bytes = page.write_pdf(pdf_variant="pdf/ua-1", pdf_identifier=identifier)
        return data


ENGINE = _WeasyPrint()


@cache
def _import() -> tuple[Any, str]:
    """Return WeasyPrint, or None and why it cannot be used."""
    try:
        import weasyprint
    except ModuleNotFoundError as error:
        return None, f"WeasyPrint is not installed ({error.name} is missing): {_PURPOSE}"
    except (OSError, ImportError) as error:  # a library of the system is missing
        first = str(error).splitlines()[0] if str(error) else type(error).__name__
        return None, (
            f"WeasyPrint cannot load Pango ({first}): on Debian, apt-get install "
            "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
        )
    return weasyprint, ""
