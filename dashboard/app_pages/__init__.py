"""The pages, one a file: ``show(here)``, and the ``FIELDS`` that the page keeps in the URL."""
