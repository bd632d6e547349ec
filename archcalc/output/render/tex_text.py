r"""Text as LaTeX in ASCII, for any engine and any font encoding.

Characters that pdfTeX's fonts lack (Chinese, emoji) are written twice,
``\archcalcother{…}{[U+1F600]}``: Unicode engines set the characters where their font has them,
others the replacement. A file that uses it begins with `OTHER`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

OTHER = (
    "% characters that pdfTeX lacks: XeLaTeX and LuaLaTeX set them where the font has them",
    r"\providecommand*\archcalcother[2]{\ifdefined\Umathcode\archcalcset#1\relax{#1}{#2}\else#2\fi}",
    r"\def\archcalcset#1#2\relax#3#4{\iffontchar\font`#1 #3\else#4\fi}",
)
"""The definition of ``\\archcalcother{characters}{the replacement}``, as lines."""

_SPECIAL = {
    "\\": r"\textbackslash{}",
    "&": r"\&",
    "%": r"\%",
    "$": r"\$",
    "#": r"\#",
    "_": r"\_",
    "{": r"\{",
    "}": r"\}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    # no command: babel makes some languages' quote one, and OT1 has no \textquotedbl
    '"': r"{\char34}",
    "`": r"\textasciigrave{}",
}
_SIGNS = {
    "\N{NO-BREAK SPACE}": "~",
    "×": r"$\times$",
    "·": r"$\cdot$",
    "→": r"$\to$",
    "←": r"$\leftarrow$",
    "↔": r"$\leftrightarrow$",
    "−": r"$-$",
    "±": r"$\pm$",
    "≤": r"$\leq$",
    "≥": r"$\geq$",
    "≈": r"$\approx$",
    "≠": r"$\neq$",
    "∞": r"$\infty$",
    "√": r"$\surd$",
    "∑": r"$\sum$",
    "⌈": r"$\lceil$",
    "⌉": r"$\rceil$",
    "⌊": r"$\lfloor$",
    "⌋": r"$\rfloor$",
    "┐": r"$\rceil$",
    "│": r"$\vert$",
    "┘": r"$\rfloor$",
    "⁻": r"$^-$",
    "⊕": r"$\oplus$",
    "∘": r"$\circ$",
    "°": r"$^\circ$",
    "‖": r"$\Vert$",
    "½": r"$\frac{1}{2}$",
    "†": r"\textdagger{}",
    "‡": r"\textdaggerdbl{}",
    "§": r"\S{}",
    "¶": r"\P{}",
    "©": r"\textcopyright{}",
    "✓": r"$\surd$",
    "✗": r"$\times$",
    "…": r"\dots{}",
    "–": "--",
    "—": "---",
    "‘": "`",
    "’": "'",
    "“": "``",
    "”": "''",
    "•": r"\textbullet{}",
    "£": r"\pounds{}",
    "ß": r"\ss{}",
    "æ": r"\ae{}",
    "Æ": r"\AE{}",
    "œ": r"\oe{}",
    "Œ": r"\OE{}",
    "ø": r"\o{}",
    "Ø": r"\O{}",
    "ł": r"\l{}",
    "Ł": r"\L{}",
    "ı": r"\i{}",
}
_GREEK = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "varepsilon", "ζ": "zeta",
    "η": "eta", "θ": "theta", "ι": "iota", "κ": "kappa", "λ": "lambda", "μ": "mu", "µ": "mu",
    "ν": "nu", "ξ": "xi", "π": "pi", "ρ": "rho", "σ": "sigma", "ς": "varsigma", "τ": "tau",
    "υ": "upsilon", "φ": "varphi", "χ": "chi", "ψ": "psi", "ω": "omega", "Γ": "Gamma",
    "Δ": "Delta", "Θ": "Theta", "Λ": "Lambda", "Ξ": "Xi", "Π": "Pi", "Σ": "Sigma", "Φ": "Phi",
    "Ψ": "Psi", "Ω": "Omega",
}  # fmt: skip
_ACCENTS = {
    "\u0300": "`", "\u0301": "'", "\u0302": "^", "\u0303": "~", "\u0304": "=", "\u0306": "u",
    "\u0307": ".", "\u0308": '"', "\u030a": "r", "\u030b": "H", "\u030c": "v", "\u0327": "c",
    "\u0323": "d", "\u0331": "b",
}  # fmt: skip
"""Combining characters, by the command that OT1 and T1 both have."""

_MOST_NAMED = 3
_LONGEST_WORD = 40
"""Length of a word beyond which it may be broken, after every `_PIECE` characters."""
_PIECE = 20
# two of them would make a ligature: a dash, a Spanish mark, a guillemet, a quotation mark
_LIGATURES = re.compile(r"([-,'])(?=\1)|(?<=[!?])(?=\\textasciigrave)")


def escape(text: str) -> str:
    r"""Return text that LaTeX sets unchanged, and breaks where a word has no end.

    >>> print(escape("100 % of conv_1, Fréchet"))
    100 \% of conv\_1, Fr\'{e}chet
    """
    words = re.split(r"(\s+)", text)
    return "".join(_ascii(word, breaks=len(word) > _LONGEST_WORD) for word in words)


def _ascii(word: str, *, breaks: bool) -> str:
    if word.isascii() and word.isalnum() and not breaks:
        return word
    return _LIGATURES.sub(r"\1{}", "".join(_written(word, breaks=breaks)))


def _written(word: str, *, breaks: bool) -> Iterator[str]:
    """Yield a word as commands and plain characters; ``breaks``: with places to break it."""
    others: list[str] = []
    for index, character in enumerate(_clusters(unicodedata.normalize("NFC", word))):
        known = _known(character)
        if known is None:
            others.append(character)
            continue
        if others:
            yield _other("".join(others))
            others = []
        if breaks and index and index % _PIECE == 0:
            yield r"\allowbreak{}"
        yield known
    if others:
        yield _other("".join(others))


def _clusters(text: str) -> Iterator[str]:
    """Yield characters, each with its combining ones."""
    cluster = ""
    for character in text:
        if cluster and not unicodedata.combining(character):
            yield cluster
            cluster = ""
        cluster += character
    if cluster:
        yield cluster


def _known(cluster: str) -> str | None:
    """Return a command that works in every engine, or None."""
    if cluster in _SPECIAL:
        return _SPECIAL[cluster]
    if cluster.isascii() or cluster in _SIGNS:
        return _SIGNS.get(cluster, cluster)
    if cluster in _GREEK:
        return rf"$\{_GREEK[cluster]}$"
    base, *marks = list(unicodedata.normalize("NFD", cluster))
    if base.isascii() and base.isalpha() and len(marks) == 1 and marks[0] in _ACCENTS:
        # OT1 and T1 have accents over a dotless letter
        dotless = rf"\{base}" if base in "ij" and marks[0] not in "\u0327\u0323\u0331" else base
        return rf"\{_ACCENTS[marks[0]]}{{{dotless}}}"
    # a superscript or another form of plain characters, such as ᵃ ² № ﬁ
    shape = unicodedata.decomposition(cluster) if len(cluster) == 1 else ""
    plain = unicodedata.normalize("NFKC", cluster)
    if shape.startswith("<") and plain.isascii():
        written = "".join(_SPECIAL.get(one, one) for one in plain)
        return rf"\textsuperscript{{{written}}}" if shape.startswith("<super>") else written
    return None


def _other(text: str) -> str:
    points = [f"U+{ord(character):04X}" for character in text]
    many = len(points) > _MOST_NAMED
    words = f"{len(points)} characters" if many else " ".join(points)
    return rf"\archcalcother{{{text}}}{{[{words}]}}"
