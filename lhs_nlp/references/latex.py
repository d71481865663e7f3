"""LaTeX in the values of BibTeX: to plain text and back, and the names of people."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib import import_module
from typing import Any

_SPECIAL = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{character: f"\\{character}" for character in "&%$#_"},
}
_ESCAPES = str.maketrans(_SPECIAL)
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
    r"\,": " ",
    r"\-": "",
    r"\/": "",
    r"\~{}": "~",
    r"\^{}": "^",
}
_CHARACTERS = {
    "textless": "<",
    "textgreater": ">",
    "textbar": "|",
    "textunderscore": "_",
    "textminus": "\u2212",
    "texthorizontalbar": "\u2015",
    "textcircledR": "\u00ae",
    "pounds": "\u00a3",
    "copyright": "\u00a9",
    "degree": "\u00b0",
    "S": "\u00a7",
    "P": "\u00b6",
    "ddag": "\u2021",
    "nobreakspace": "\u00a0",
    "slash": "/",
}
"""Commands for a character that the library does not know, and would leave out."""
_SHOWN = {
    **dict.fromkeys(("url", "path", "nolinkurl"), (1, "{0}")),
    **dict.fromkeys(("href", "textcolor", "colorbox"), (2, "{1}")),
    **dict.fromkeys(("frac", "dfrac", "tfrac", "nicefrac", "textfrac", "sfrac"), (2, "{0}/{1}")),
    "fcolorbox": (3, "{2}"),
    "color": (1, ""),
    "sqrt": (1, "\u221a({0})"),
    "footnote": (1, "[{0}]"),
}
"""Commands of which a reader does not see just the arguments in a row: how many they have, and what is seen."""
_ADDRESSES = ("url", "path", "nolinkurl")
_GROUP = r"\{((?:[^{}]|\{(?:[^{}]|\{[^{}]*+\})*+\})*+)\}"
"""An argument in braces, with braces inside of it to the second level."""
_OPTION = r"(?:\s*\[[^][{}]*+\])?"
_ARGUMENTS = {count: re.compile(_OPTION + rf"\s*{_GROUP}" * count) for count in (1, 2, 3)}
_ALL_ARGUMENTS = re.compile(rf"{_OPTION}(?:{_GROUP})*")
_ADDRESS = re.compile(rf"\\(?:{'|'.join(_ADDRESSES)}|href)\s*{_GROUP}(?:\s*{_GROUP})?")
_IN_ADDRESS = re.compile(r"\{\\?([^\w\s{}\\]|_)\}|\{?\\(text[a-z]+)(?:\{\}|\}|\b)|\$\\sim\$")
"""A character of an address, as reference managers escape it: in braces, by its name, or as mathematics."""
_COMMAND = re.compile(r"\\([A-Za-z]+)")
_UNREADABLE = re.compile(r"%s|<\s?\w|\\\w")
"""What stands in a text that was made of a command without its arguments."""
_CHANGING = (r"\today",)
"""Commands that stand for another text tomorrow."""
_SYMBOL = re.compile(r"\$([<>=~]|\\[A-Za-z]+) *\$")
"""Mathematics that is one character, as reference managers write those that LaTeX has nowhere else."""
_SUFFIX = re.compile(r"(?:Jr|Sr|I{2,3}|IV|2nd|3rd|\dth)\.?", re.IGNORECASE)
_NAME_PART = re.compile(r"\s*(family|given|prefix|suffix|useprefix|\w+-i)\s*=\s*(.*)", re.DOTALL)
"""A part of a name in BibLaTeX's extended format, ``family=Gogh, given=Vincent, prefix=van``."""
_TOKEN = re.compile(
    r"\\verb\*?([^\w\s*{}\\]).*?\1"
    r"|\\text(?:backslash|braceleft|braceright|asciitilde|asciicircum)\{\}"
    r"|\\[~^]\{\}"
    rf"|{_SYMBOL.pattern.replace('(', '(?:', 1)}"
    r"|\\[&%$#_{} ,/-]"
    r"|\\[A-Za-z]+ *(?:\{\\?[A-Za-z]?\}|(?<=\\[cdbkruvtH] )[A-Za-z])?"
    r"|\\[^A-Za-z\s] *(?:\{\\?[A-Za-z]\}|\\[ij]\b|[A-Za-z])"
    r"|---?|``|''|[{}~]"
)
"""A command with a letter under it, words as they are, a special character, or a mark that stands for another one."""

_PARTING = re.compile(r'["{}#]')
"""What encloses a part of a concatenation, or parts two of them."""


def without_enclosure(value: str) -> str:
    """Return a value without the braces or quotation marks around it."""
    return "".join(part[1:-1] if _is_enclosed(part) else part for part in parts_of(value.strip()))


def parts_of(value: str) -> list[str]:
    """Return the parts of a concatenation, ``"a" # b``."""
    parts, depth, quoted, start = [], 0, False, 0
    for mark in _PARTING.finditer(value):
        at, character = mark.start(), mark[0]
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
    return "".join(_read(without_enclosure(value)))


def address(value: str) -> str:
    """Return a value that is an address or a number: no command around it, and nothing escaped."""
    text = _ADDRESS.sub(r"\1", without_enclosure(value))
    return _IN_ADDRESS.sub(_in_address, text).replace("\\", "")


def _in_address(match: re.Match[str]) -> str:
    return match[1] or (_meant(f"\\{match[2]}") or match[0] if match[2] else "~")


def _read(text: str) -> Iterator[str]:
    at = 0
    while token := _TOKEN.search(text, at):
        yield text[at : token.start()]
        part, at = _part(text, token)
        yield part
    yield text[at:]


def _part(text: str, token: re.Match[str]) -> tuple[str, int]:
    """Return what a reader sees of a token, and where in the text it ends with its arguments."""
    command = _COMMAND.match(text, token.start())
    if token[1]:
        return token[0].partition(token[1])[2][:-1], token.end()
    if command and command[1] in _SHOWN:
        count, shown = _SHOWN[command[1]]
        if found := _ARGUMENTS[count].match(text, command.end()):
            read = address if command[1] in _ADDRESSES else _inner
            return shown.format(*map(read, found.groups())), found.end()
    meant = _meant(token[0])
    if meant is None and command and (found := _ALL_ARGUMENTS.match(text, command.end())):
        return text[token.start() : found.end()], found.end()
    return token[0] if meant is None else meant, token.end()


def _inner(argument: str) -> str:
    return "".join(_read(argument))


@lru_cache(maxsize=4096)
def _meant(token: str) -> str | None:
    """Return what a token stands for; None when it is better left as it is written."""
    if token in _MEANT:
        return _MEANT[token]
    if symbol := _SYMBOL.fullmatch(token):
        text = symbol[1] if len(symbol[1]) == 1 else _meant(symbol[1])
        return text if text and len(text) == 1 else None
    command = _COMMAND.fullmatch(token.removesuffix("{}").rstrip())
    if command and command[1] in _CHARACTERS:
        return _CHARACTERS[command[1]]
    try:
        # Token by token: a whole text takes long, and a bare % in it would begin a comment.
        text = str(_reader().latex_to_text(token))
    except Exception:  # commands that want arguments raise whatever their missing ones lead to
        return None
    if text == "%s":
        return ""  # its argument, which follows, is all that is seen
    return None if _UNREADABLE.search(text) or token.strip() in _CHANGING else text


@cache
def _reader() -> Any:  # noqa: ANN401 - the library has no types
    # What it cannot read is left as written; the library would print that as well.
    logging.getLogger("pylatexenc").addHandler(logging.NullHandler())
    return import_module("pylatexenc.latex2text").LatexNodes2Text()


def escaped(text: str) -> str:
    """Return plain text so that LaTeX, and `plain`, read it as it is."""
    written = text.translate(_ESCAPES)
    return re.sub(r"(?<=-)(?=-)|(?<=`)(?=`)|(?<=')(?=')", "{}", written)


def escaped_name(name: str) -> str:
    """Return a name "Family, Given" as BibTeX has it, so that `people` reads it as one; an organisation in braces."""
    parts = name.split(", ")
    if len(parts) == 3 and _SUFFIX.fullmatch(parts[2]):
        parts = [parts[0], parts[2], parts[1]]
    is_whole = len(parts) == 1 or " and " in name.casefold() or (len(parts) > 2 and not _SUFFIX.fullmatch(parts[1]))
    return f"{{{escaped(name)}}}" if is_whole else escaped(", ".join(parts))


def people(value: str) -> list[str]:
    """Return names as "Family, Given"; one in braces, an organisation, stays whole, and "others" is nobody."""
    names = (name.strip() for name in _split(without_enclosure(value), " and "))
    return [_person(name) for name in names if name not in ("", "others")]


def _person(name: str) -> str:
    name = " ".join(name.split())
    if named := _named_parts(name[1:-1] if _is_enclosed(name) else name):
        family = " ".join(named[part] for part in ("prefix", "family", "suffix") if named.get(part))
        return ", ".join(filter(None, (family, named.get("given"))))
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


def _named_parts(name: str) -> dict[str, str]:
    """Return the parts of a name that names them itself; {} for any other."""
    found = [_NAME_PART.fullmatch(part) for part in _split(name, ",")]
    parts = {match[1]: plain(f"{{{match[2]}}}").strip() for match in found if match}
    return parts if None not in found and "family" in parts else {}


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
