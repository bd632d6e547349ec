"""The version, apart from the package root: modules that print it need not import the root."""

__version__ = "0.1.0"
