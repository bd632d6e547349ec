"""Figures → what people see: charts, drawings, documents, workbooks, files, reports."""
