"""What a screen reader is told: the parts of a window, read from the accessibility bus."""

import time
from dataclasses import dataclass

from jeepney import DBusAddress, new_method_call
from jeepney.io.blocking import open_dbus_connection
from jeepney.wrappers import MessageType, Properties

ACCESSIBLE = "org.a11y.atspi.Accessible"
ROOT = "/org/a11y/atspi/accessible/root"
FOCUSABLE, FOCUSED, SENSITIVE, SHOWING, CHECKED = 11, 12, 24, 25, 4
MANY = 400  # children of one part; a list of thousands is not walked to its end


class BusError(Exception):
    """The other side answered with an error: most likely the part is gone."""


@dataclass(frozen=True)
class Part:
    """One part of a window, as it was when it was asked."""

    owner: str
    path: str
    role: str
    name: str
    states: frozenset
    trail: tuple = ()

    @property
    def focusable(self):
        return FOCUSABLE in self.states and SHOWING in self.states and SENSITIVE in self.states

    def __str__(self):
        return " > ".join([*self.trail, f"{self.role} '{self.name}'"])


class Reader:
    """A client of the accessibility bus, with its own connection."""

    def __init__(self, session_bus):
        with open_dbus_connection(session_bus) as connection:
            place = DBusAddress("/org/a11y/bus", "org.a11y.Bus", "org.a11y.Bus")
            reply = connection.send_and_get_reply(new_method_call(place, "GetAddress"), timeout=10)
        self.connection = open_dbus_connection(reply.body[0])

    def close(self):
        self.connection.close()

    def ask(self, owner, path, interface, method, signature=None, body=()):
        message = new_method_call(DBusAddress(path, owner, interface), method, signature, body)
        reply = self.connection.send_and_get_reply(message, timeout=10)
        if reply.header.message_type is MessageType.error:
            raise BusError(reply.body)
        return reply.body

    def get(self, owner, path, interface, name):
        where = Properties(DBusAddress(path, owner, interface))
        reply = self.connection.send_and_get_reply(where.get(name), timeout=10)
        if reply.header.message_type is MessageType.error:
            raise BusError(reply.body)
        return reply.body[0][1]

    def programs(self):
        """The programs on the bus, by their process."""
        found = {}
        registry = "org.a11y.atspi.Registry"
        for owner, path in self.ask(registry, ROOT, ACCESSIBLE, "GetChildren")[0]:
            driver = ("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus")
            process = self.ask(*driver, "GetConnectionUnixProcessID", "s", (owner,))[0]
            found[process] = (owner, path)
        return found

    def part(self, owner, path, trail=()):
        role = self.ask(owner, path, ACCESSIBLE, "GetRoleName")[0]
        low, high = self.ask(owner, path, ACCESSIBLE, "GetState")[0]
        bits = low | high << 32
        states = frozenset(n for n in range(64) if bits >> n & 1)
        name = self.get(owner, path, ACCESSIBLE, "Name")
        return Part(owner, path, role, name, states, trail)

    def parts(self, process):
        """Every part of a program's windows that can be seen, in reading order."""
        owner, path = self.programs()[process]
        waiting = [(owner, path, ())]
        while waiting:
            owner, path, trail = waiting.pop()
            try:
                part = self.part(owner, path, trail)
                if SHOWING not in part.states and part.role != "application":
                    continue
                yield part
                inside = self.ask(owner, path, ACCESSIBLE, "GetChildren")[0][:MANY]
            except BusError:
                continue  # it went while we looked
            here = (*trail, part.name or part.role)
            waiting.extend((o, p, here) for o, p in reversed(inside))

    def box(self, part):
        """Where it stands on the screen: x, y, width, height."""
        interface = "org.a11y.atspi.Component"
        return self.ask(part.owner, part.path, interface, "GetExtents", "u", (0,))[0]

    def text(self, part):
        """The words of a text, whole."""
        interface = "org.a11y.atspi.Text"
        return self.ask(part.owner, part.path, interface, "GetText", "ii", (0, -1))[0]

    def wait_for(self, process, fits, what, seconds=20):
        """The first part that fits, as soon as there is one."""
        limit = time.monotonic() + seconds
        seen = []
        while time.monotonic() < limit:
            if process in self.programs():
                seen = list(self.parts(process))
                found = next((part for part in seen if fits(part)), None)
                if found is not None:
                    return found
            time.sleep(0.1)
        lines = "\n".join(f"{part.role} '{part.name}'" for part in seen if part.name)
        raise AssertionError(f"waited in vain for {what}; there was\n{lines}")
