"""What the server adds to Streamlit: its options, and a document that is styled from the start."""

from __future__ import annotations

import pytest

serve = pytest.importorskip("dashboard.shell.serve", reason="the dashboard is not installed")


def test_the_style_sheet_is_in_the_document_after_all_that_streamlit_styles_itself() -> None:
    document = serve.styled_document()
    assert document.count("<style>") == 1
    before, sheet = document.split("<style>")
    assert '<div id="root">' in before
    assert ".tile" in sheet
    assert "var(--" not in sheet.partition("}")[0], "the palette's colours are values"
    assert sheet.rstrip().endswith("</style></body>\n</html>")
