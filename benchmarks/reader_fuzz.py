"""A million inputs of any bytes through the reader: no exception, and the slowest of them."""

from __future__ import annotations

import sys

from benchmarks.edit_fuzz import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], "read"))
