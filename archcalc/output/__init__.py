"""Results as charts, drawings, documents, workbooks, files and reports."""
