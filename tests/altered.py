"""One leaf of a document changed at random, and where."""

import copy


def leaves(node, path=()):
    """The path of every leaf; an empty table is one."""
    steps = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    if not steps:
        yield path
    for key, value in steps:
        yield from leaves(value, (*path, key))


def altered(document, chance):
    """A copy with another value at one leaf, and the path of that leaf."""
    path = chance.choice(sorted(leaves(document), key=str))
    found = copy.deepcopy(document)
    holder = found
    for key in path[:-1]:
        holder = holder[key]
    holder[path[-1]] = another(holder[path[-1]], chance)
    return found, path


def another(value, chance):
    match value:
        case bool():
            return not value
        case int():
            return value + chance.choice([-1, 1])
        case str():
            place = chance.randrange(len(value) + 1)
            return value[:place] + chance.choice("0123abcé") + value[place:]
        case None:
            return chance.choice([0, False, ""])
    return chance.choice([None, 1])


def row_of(path, depth=3):
    """The row that a path lies in, as `labels.rules.bundle` names it."""
    return ".".join(map(str, path[:depth]))
