"""Alembic runs this for every command; `groups/migrating.py` hands over the connection."""

from alembic import context
from sqlalchemy import TypeDecorator

from groups.db import Model


def plainly(kind, thing, _):
    """A migration must mean the same in ten years, so it names no class of ours."""
    return f"sa.{thing.impl!r}" if kind == "type" and isinstance(thing, TypeDecorator) else False


context.configure(
    connection=context.config.attributes["connection"], target_metadata=Model.metadata, render_as_batch=True, render_item=plainly
)
with context.begin_transaction():
    context.run_migrations()
