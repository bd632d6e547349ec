"""Structure apart from numbers: a frozen Graph, and Variants that give it widths and a size."""

from archcalc.language.graph.graph import Graph, Node, Variant
from archcalc.language.graph.groups import Group
from archcalc.language.graph.net import Net

__all__ = ["Graph", "Group", "Net", "Node", "Variant"]
