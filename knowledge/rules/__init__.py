"""The rules a library is held to: each a small function that says what it looks for and how grave it is.

To add one, write a function in the module of its subject and put `@rule(...)` above it; `docs/checks.md` tells how.
"""
