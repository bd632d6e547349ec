"""Named steps from Spec to Spec, one a file, for ``--set`` and a claim's ``set``.

A transform edits the document and leaves the printed cells visible: where it changes what a
printed cell means, it adds ``use`` to the row. Claims of the printed net are dropped.
"""

from archcalc.language.transforms._apply import TRANSFORMS, Sets, parse_sets, transform
from archcalc.language.transforms._base import Transform
from archcalc.language.transforms._reread import reread

__all__ = ["TRANSFORMS", "Sets", "Transform", "parse_sets", "reread", "transform"]
