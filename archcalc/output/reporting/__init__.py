"""Reports: one document, written as self-contained HTML and as PDF.

    Spec, Net ──▶ Subject ──sections──▶ Document ──template──▶ HTML ──engine──▶ PDF

`sections/` holds one chapter a file. A document is plain text, tables and figures; the templates
escape it.
"""
