"""LaTeX in the values of BibTeX: to plain text and back, and the names of people."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib import import_module

_SPECIAL = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{character: f"\\{character}" for character in "&%$#_"},
}
_MEANT = {written: character for character, written in _SPECIAL.items()} | {
    r"\{": "{",
    r"\}": "}",
    "{": "",
    "}": "",
    "~": " ",
    "---": "\u2014",
    "--": "\u2013",
    "``": "\u201c",
    "''": "\u201d",
    "\\ ": " ",
    r"\-": "",
}
_TOKEN = re.compile(
    r"\\text(?:backslash|braceleft|braceright|asciitilde|asciicircum)\{\}"
    r"|\\[&%$#_{} -]"
    r"|\\[A-Za-z]+ *(?:\{\\?[A-Za-z]?\}|(?<=\\[cdbkruvtH] )[A-Za-z])?"
    r"|\\[^A-Za-z\s] *(?:\{\\?[A-Za-z]\}|\\[ij]\b|[A-Za-z])"
    r"|---?|``|''|[{}~]"
)
"""A command with a letter under it, a special character, or a mark that stands for another one."""


def without_enclosure(value: str) -> str:
    """Return a value without the braces or quotation marks around it."""
    return "".join(part[1:-1] if _is_enclosed(part) else part for part in parts_of(value.strip()))


def parts_of(value: str) -> list[str]:
    """Return the parts of a concatenation, ``"a" # b``."""
    parts, depth, quoted, start = [], 0, False, 0
    for at, character in enumerate(value):
        escaped = at > 0 and value[at - 1] == "\\"
        if character == '"' and depth == 0 and not escaped:
            quoted = not quoted
        elif character in "{}" and not escaped:
            depth += 1 if character == "{" else -1
        elif character == "#" and depth == 0 and not quoted:
            parts.append(value[start:at].strip())
            start = at + 1
    return [*parts, value[start:].strip()]


def _is_enclosed(value: str) -> bool:
    return len(value) > 1 and (value[0], value[-1]) in (("{", "}"), ('"', '"'))


def plain(value: str) -> str:
    """Return a value as plain text: accents as letters, no braces, no commands; mathematics stays as it is."""
    return _TOKEN.sub(lambda match: _meant(match.group()), without_enclosure(value))


@lru_cache(maxsize=4096)
def _meant(token: str) -> str:
    if token in _MEANT:
        return _MEANT[token]
    # Token by token: a whole text takes long, and a bare % in it would begin a comment.
    return str(import_module("pylatexenc.latex2text").LatexNodes2Text().latex_to_text(token))


def escaped(text: str) -> str:
    """Return plain text so that LaTeX, and `plain`, read it as it is."""
    written = "".join(_SPECIAL.get(character, character) for character in text)
    return re.sub(r"(?<=-)(?=-)|(?<=`)(?=`)|(?<=')(?=')", "{}", written)


def people(value: str) -> list[str]:
    """Return names as "Family, Given"; one in braces, an organisation, stays whole, and "others" is nobody."""
    names = (name.strip() for name in _split(without_enclosure(value), " and "))
    return [_person(name) for name in names if name not in ("", "others")]


def _person(name: str) -> str:
    name = " ".join(name.split())
    if _is_enclosed(name) and len(_split(name, " ")) == 1:
        return plain(name).strip()
    if "," in name:
        parts = [plain(f"{{{part}}}").strip() for part in _split(name, ",")]
        family, given = (parts[0], parts[-1]) if len(parts) < 3 else (f"{parts[0]} {parts[1]}", parts[2])
        return f"{family}, {given}" if given else family
    words = _split(name, " ")
    particle = next((at for at, word in enumerate(words[:-1]) if at and word[:1].islower()), len(words) - 1)
    family, given = (plain(f"{{{' '.join(part)}}}") for part in (words[particle:], words[:particle]))
    return f"{family}, {given}" if given else family


def _split(text: str, separator: str) -> list[str]:
    """Split where no brace is open."""
    parts, depth, start = [], 0, 0
    text = " ".join(text.split()) if separator.isspace() or separator == " and " else text
    for at, character in enumerate(text):
        depth += (character == "{") - (character == "}")
        if depth == 0 and text.startswith(separator, at) and at >= start:
            parts.append(text[start:at])
            start = at + len(separator)
    return [*parts, text[start:]]
