"""A copy of the project's scripts in a folder of its own, for tests to break and mend."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


class Checkout:
    """A checkout without packages: nothing in it can reach the network or the real environment."""

    def __init__(self, folder):
        self.root = folder
        self.venv = folder / ".venv"
        self.log = folder / ".work" / "setup.log"
        shutil.copytree(
            ROOT / "build", folder / "build", ignore=shutil.ignore_patterns("__pycache__")
        )
        shutil.copy(ROOT / "pyproject.toml", folder)

    def make(self, *arguments, cwd=None, **surroundings):
        """Run build/make.py as a person would."""
        return self._run([str(self.root / "build" / "make.py"), *arguments], cwd, surroundings)

    def python(self, code, *arguments, **surroundings):
        """Run a line of Python beside the scripts."""
        begin = f"import sys; sys.path.insert(0, {str(self.root / 'build')!r})\n"
        return self._run(["-c", begin + code, *arguments], None, surroundings)

    def start(self, code):
        """Like `python`, without waiting for it."""
        begin = f"import sys; sys.path.insert(0, {str(self.root / 'build')!r})\n"
        return subprocess.Popen(
            [sys.executable, "-c", begin + code],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def pretend_ready(self, program):
        """Put a program in place of Fingerpost, and the stamps that say that all is ready."""
        self.venv.joinpath("bin").mkdir(parents=True)
        self.venv.joinpath("bin", "python").symlink_to(sys.executable)
        script = self.venv / "bin" / "fingerpost"
        script.write_text(program)
        script.chmod(0o755)
        stamps = "import environment as e; e.write_text(e.stamp('run'), e.key('run'))\n"
        self.python(stamps + "e.write_text(e.machine_stamp('run'), '')")

    def _run(self, arguments, cwd, surroundings):
        return subprocess.run(
            [sys.executable, *arguments],
            cwd=cwd or self.root,
            env={**os.environ, "PIP_NO_INDEX": "1", "PIP_FIND_LINKS": "", **surroundings},
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
