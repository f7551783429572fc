"""The one entry to the project, `python3 build/make.py COMMAND`: set up, run, check, measure.

Only what every start needs is imported here, so that a second `run` costs next to nothing.
"""

from __future__ import annotations

import sys

import environment

COMMANDS = {
    "run": "set up what is missing, then start Fingerpost; what follows is passed on to it",
    "setup": "make .venv with everything for running and working on the project",
    "check": "the quick part of the gate: format, lint, types, contracts, fast tests",
    "test": "the whole gate: the quick part, all tests, and the shipped content checked strictly",
    "benchmark": "run a benchmark and print its table: benchmark [NAME]",
    "freeze": "make the bundle dist/fingerpost and try it out: freeze [--try]",
    "lock": "choose package versions anew and write build/lock (needs the internet)",
}


def main(arguments: list[str]) -> int:
    """Do what the command line asks and say how it went as an exit status."""
    if not arguments or arguments[0] in ("-h", "--help", "help"):
        print(usage())
        return 0 if arguments else 2
    command, rest = arguments[0], arguments[1:]
    if command not in COMMANDS:
        print(unknown(command), file=sys.stderr)
        return 2
    try:
        return carry_out(command, rest)
    except environment.SetupError as error:
        print(f"make.py: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("make.py: stopped.", file=sys.stderr)
        return 130


def carry_out(command: str, rest: list[str]) -> int:
    """Make sure of the environment that the command needs, then run the command in it."""
    if command == "run":
        environment.make_ready("run")
        return environment.hand_over([environment.PROGRAM, *rest])
    if command == "setup":
        environment.make_ready("work", thorough=True)
        print(f"Ready. Start it with: {environment.PROGRAM}")
        return 0
    if command == "lock":
        import packages

        return packages.lock()
    environment.make_ready("work")
    if command == "freeze":
        import freeze

        return freeze.freeze(rest)
    import gate

    return {"check": gate.check, "test": gate.test, "benchmark": gate.benchmark}[command](rest)


def usage() -> str:
    """List the commands, one line each."""
    width = max(map(len, COMMANDS))
    lines = [f"  {name:{width}}  {meaning}" for name, meaning in COMMANDS.items()]
    return "\n".join(["usage: python3 build/make.py COMMAND", "", *lines])


def unknown(command: str) -> str:
    """One sentence about a command that there is not, with the nearest that there is."""
    import difflib

    near = difflib.get_close_matches(command, COMMANDS, n=1)
    hint = f"Did you mean '{near[0]}'?" if near else f"There are: {', '.join(COMMANDS)}."
    return f"make.py: there is no command '{command}'. {hint}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
