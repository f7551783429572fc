"""What `build/make.py run` adds to the start of the program once all is set up."""

import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
ROUNDS = 20


def best(command):
    """The fastest of several starts, in milliseconds: the one least disturbed by the machine."""
    times = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
        times.append(time.perf_counter() - began)
    return min(times) * 1000


def main():
    base = getattr(sys, "_base_executable", sys.executable)
    program = [sys.executable, "-m", "desktop", "--help"]
    through = [base, str(ROOT / "build" / "make.py"), "run", "--help"]
    bare = best([base, "-c", ""])
    alone, whole = best(program), best(through)
    print(f"{'start of':34} {'ms':>6}")
    print(f"{'Python alone':34} {bare:6.1f}")
    print(f"{'fingerpost --help':34} {alone:6.1f}")
    print(f"{'build/make.py run --help':34} {whole:6.1f}")
    print(f"{'added by make.py':34} {whole - alone:6.1f}")


if __name__ == "__main__":
    main()
