"""A frozen Graph holds the structure of a net, a Variant its widths and its input size."""

from archcalc.language.graph.graph import Graph, Node, Variant
from archcalc.language.graph.groups import Group
from archcalc.language.graph.net import Net

__all__ = ["Graph", "Group", "Net", "Node", "Variant"]
