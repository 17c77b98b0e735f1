"""Which conditions speak of one statement, or of one number: those of the same conjunction.

A conjunction that names a field of statements (`label:problem 人员`) asks for one statement of which all its
words and all its fields of statements are true; what stands in brackets of its own with such a field is a
matter of its own: `(label:problem 人员) 街道`. In the same way `count:`, `unit:` and `item:` of a conjunction
speak of one number. Where statements or facts are searched for, their fields and all words speak of the row
itself.
"""

from .tree import And, Condition, Holds, Near, Node, Not, Or, Scope, Word, conjunction, leaves


def bind(node: Node, scope: Scope = "reports") -> Node:
    """The tree with `Holds` around what must be true of one row; the rest is about a row of `scope`."""
    match node:
        case And():
            return _bind_all(node, scope)
        case Or():
            return Or(tuple(bind(part, scope) for part in node.parts))
        case Not():
            return Not(bind(node.part, scope))
        case Condition() if node.scope not in ("reports", scope):
            return Holds(scope=node.scope, where=node)
        case Holds():
            return Holds(scope=node.scope, where=bind(node.where, node.scope))
    return node


def _bind_all(node: And, scope: Scope) -> Node:
    parts, bound = list(node.parts), []
    if scope != "statements":
        group = [part for part in parts if _is_open(part)]
        if any(map(_has_field, group)) and not all(isinstance(part, Not) for part in group):
            bound.append(Holds(scope="statements", where=conjunction(group)))
            parts = [part for part in parts if part not in group]
    if scope != "counts":
        group = [part for part in parts if _is_of_count(part)]
        if group and not all(isinstance(part, Not) for part in group):
            bound.append(Holds(scope="counts", where=conjunction(group)))
            parts = [part for part in parts if part not in group]
    return conjunction([*bound, *(bind(part, scope) for part in parts)])


def _is_open(node: Node) -> bool:
    """Whether words and fields of statements alone stand here, and none of them is bound already."""
    match node:
        case Word() | Near():
            return True
        case Condition():
            return node.scope == "statements"
        case Not():
            return _is_open(node.part)
        case Or():
            return all(map(_is_open, node.parts))
        case And():
            mixed = any(map(_has_field, node.parts)) and any(map(_has_word, node.parts))
            return all(map(_is_open, node.parts)) and not mixed
    return False


def _is_of_count(node: Node) -> bool:
    part = node.part if isinstance(node, Not) else node
    return isinstance(part, Condition) and part.scope == "counts"


def _has_field(node: Node) -> bool:
    return any(isinstance(leaf, Condition) and leaf.scope == "statements" for leaf in leaves(node))


def _has_word(node: Node) -> bool:
    return any(isinstance(leaf, Word | Near) for leaf in leaves(node))
