"""What both databases can be asked and each wants said in its own words."""

import json
from collections.abc import Iterable

from sqlalchemy import ARRAY, String, Text, TypeDecorator, bindparam, func, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement, GenericFunction


class folded(GenericFunction):
    """`folded(column)`: the text as a search compares it (`text.folded`), in either database."""

    type = String()
    inherit_cache = True


@compiles(folded, "sqlite")
def _folded_here(element, compiler, **how):
    inside = compiler.process(element.clauses, **how)
    # Most text is plain, and is made small ten times as fast without being looked at letter by letter.
    return f"CASE WHEN {inside} GLOB '*[^ -~]*' THEN folded({inside}) ELSE lower({inside}) END"


@compiles(folded, "postgresql")
def _folded_there(element, compiler, **how):
    inside = compiler.process(element.clauses, **how)
    bare = f"regexp_replace(normalize(lower({inside}), NFKD), '[\u0300-\u036f]', '', 'g')"
    return f"CASE WHEN octet_length({inside}) > length({inside}) THEN {bare} ELSE lower({inside}) END"


def among(column, values: Iterable = (), given: str | None = None):
    """Whether the column is one of these, which may be hundreds; or of those that are given by that name when the
    statement is executed. As one value: an `IN` is written out and prepared anew for every number of them there
    ever was, which costs three times as much and is kept, twenty kilobytes each, by every connection."""
    kind = _Several(column.type)
    return _Among(column, bindparam(given, type_=kind) if given else bindparam(None, list(values), type_=kind))


class _Several(TypeDecorator):
    """Values of one type, as one: an array where the database has them, JSON where it does not."""

    impl = Text
    cache_ok = True

    def __init__(self, item):
        super().__init__()
        self.item = item

    def load_dialect_impl(self, dialect):
        return dialect.type_descriptor(ARRAY(self.item) if dialect.name == "postgresql" else Text())

    def process_bind_param(self, values, dialect):
        return list(values) if dialect.name == "postgresql" else json.dumps(list(values))


class _Among(FunctionElement):
    inherit_cache = True  # and no Boolean: SQLite would be asked whether it is 1, and look at every row for that


@compiles(_Among, "sqlite")
def _among_here(element, compiler, **how):
    column, values = element.clauses
    return compiler.process(column.in_(select(func.json_each(values).table_valued("value", name="json_each").c.value)), **how)


@compiles(_Among, "postgresql")
def _among_there(element, compiler, **how):
    column, values = (compiler.process(part, **how) for part in element.clauses)
    return f"{column} = ANY({values})"
