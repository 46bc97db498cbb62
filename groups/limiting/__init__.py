"""How often anything may be done: one table, and the memory behind it."""
