"""Reports to hand in: one document, written as HTML that needs nothing else, and as PDF.

    Spec, Net ──▶ Subject ──sections──▶ Document ──template──▶ HTML ──engine──▶ PDF

`sections/` holds a chapter a file. A document is plain text, tables and figures; the template
alone escapes.
"""
