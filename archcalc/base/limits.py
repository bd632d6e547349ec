"""The limits of the spec language: a file beyond one raises SpecError instead of crashing."""

from typing import Final

# The largest printed network is some 10 KB of text; 1 MiB still parses in about a second.
FILE_BYTES: Final = 2**20

# A block's row with a list in a keyword is seven deep. The parser, pydantic and the writer
# recurse by level, and deep input would exhaust their stack.
NESTING: Final = 32

# Nodes of the document with its aliases expanded, and again rows after repeats and blocks:
# counted before anything is built, so that a small file cannot allocate gigabytes.
NODES: Final = 100_000

# Errors reported for one file.
PROBLEMS: Final = 1000

# A longer run of digits stays a string: Python refuses to convert thousands of them, and the
# largest limit below has seven.
INTEGER_DIGITS: Final = 40

# Ids become parts of node ids, parameter names and file names.
ID_CHARACTERS: Final = 64

# Copies of a row or a group of rows; the deepest published nets have about a thousand.
REPEAT: Final = 10_000

# Channels of one tensor and features of a linear layer; vgg16's 25 088 is large.
CHANNELS: Final = 2**20

# Channel groups named by all layers together: concatenations of concatenations grow by doubling.
PARTS: Final = 10**6

# Characters of one text once its parameters are filled in, and parts of one list or mapping: nested
# blocks that double a parameter would exhaust memory.
TEXT: Final = 10_000
VALUE_PARTS: Final = 1_000

# Side of a map in pixels: gigapixel slides are tiled at less.
SIDE: Final = 65_536

# Side of a kernel: the largest published are near 50.
KERNEL: Final = 255

# Width multipliers lie in (0, WIDTH]: channels times 10**4 stay far below 2**53, which a
# spreadsheet still holds exactly.
WIDTH: Final = 16

# Runs of a part of the net for one input (proposals of a detector: 300 in the papers).
COUNT: Final = 10**6
