"""XML without what makes it dangerous: no entities, no network, no deep nesting."""

from functools import lru_cache
from typing import TypeAlias

from lxml import etree

from ..errors import BrokenFile, LimitExceeded
from ..limits import Limits

# lxml gives its element type a private name only.
Element: TypeAlias = etree._Element

# libxml2 itself goes no deeper without `huge_tree`.
_DEEPEST = 256


def parse_xml(data: bytes, name: str, limits: Limits) -> Element:
    """The root of an XML document, comments and processing instructions left out; errors call it `name`.

    Raises BrokenFile where it is not well-formed or declares entities, LimitExceeded where it is nested
    deeper than `limits.depth`.
    """
    parser = etree.XMLParser(
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        if "depth" in str(error):
            raise _too_deep(name, min(limits.depth, _DEEPEST)) from None
        raise BrokenFile(f"{name}: its XML is damaged ({error}). Fetch it again.") from None
    except (ValueError, LookupError) as error:
        raise BrokenFile(f"{name}: its XML cannot be read ({error}). Fetch it again.") from None
    kinds = root.getroottree().docinfo.internalDTD
    declared = kinds is not None and any(True for _ in kinds.iterentities())
    if declared or next(root.iter(etree.Entity), None) is not None:
        raise BrokenFile(f"{name}: its XML declares entities, which is not read. Save it anew.")
    if limits.depth < _DEEPEST and root.xpath("boolean(/" + "*/" * limits.depth + "*)"):
        raise _too_deep(name, limits.depth)
    return root


def local_name(element: Element) -> str:
    """The tag without its namespace: transitional and strict documents differ in nothing else."""
    return _local(element.tag)


@lru_cache(maxsize=4096)
def _local(tag: str) -> str:
    return tag[tag.rfind("}") + 1 :]


def attribute(element: Element, name: str) -> str | None:
    """The attribute of the local name `name`, whatever its namespace; None where it is not there."""
    for key, value in element.attrib.items():
        if key == name or key.endswith("}" + name):
            return str(value)
    return None


def child(element: Element | None, *path: str) -> Element | None:
    """The element at a path of local names under `element`, the first one of each name."""
    for name in path:
        for one in element if element is not None else ():
            if _local(one.tag) == name:
                element = one
                break
        else:
            return None
    return element


def number(value: str | None, default: int) -> int:
    """A whole number as an attribute gives it, `default` where it gives none."""
    try:
        return int(value) if value is not None and len(value) < 10 else default
    except ValueError:
        return default


def _too_deep(name: str, depth: int) -> LimitExceeded:
    return LimitExceeded(
        f"{name}: its elements are nested deeper than {depth} (--max-depth). Save it anew, or as plain text."
    )
