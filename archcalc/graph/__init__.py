"""Structure apart from numbers: a frozen Graph, and Variants that give it widths and a size."""

from archcalc.graph.graph import Graph, Node
from archcalc.graph.groups import Group
from archcalc.graph.net import Net
from archcalc.graph.variant import Variant

__all__ = ["Graph", "Group", "Net", "Node", "Variant"]
