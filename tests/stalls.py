"""The longest any server under test held up its own loop. After each test every server there was is asked
(`groups/stalls.py`): one that worked longer than `MOST` in one go fails the test that made it, and the suite ends
with the longest of all. What the machine did meanwhile for others is told and fails nobody."""

import pytest

from groups.stalls import LONGEST

MOST = 50  # milliseconds of work in one turn
_servers: list = []


def watch(server) -> None:
    """Ask this server after each test until it has ended. It has a file `stalls` and a `process`."""
    if server not in _servers:
        _servers.append(server)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item):
    """Once everything the test had is put away, and before the next begins."""
    outcome = yield
    if found := [_longest(server) for server in list(_servers)]:
        worked, took = (max(figures) for figures in zip(*found, strict=True))
        item.user_properties.append(("stall_ms", (worked, took)))
        assert worked <= MOST, f"a server's loop worked {worked:.0f} ms in one go, and nobody was heard meanwhile; {MOST} is the most"
    return outcome


def pytest_terminal_summary(terminalreporter):
    """The longest of all, on whichever process of pytest the test was."""
    reports = [report for kind in terminalreporter.stats.values() for report in kind if getattr(report, "when", "") == "teardown"]
    stalls = [(*value, report.nodeid) for report in reports for name, value in report.user_properties if name == "stall_ms"]
    if stalls:
        worked, _, where = max(stalls)
        took = max(stall[1] for stall in stalls)
        terminalreporter.write_line(
            f"Longest stall of an event loop: {worked:.0f} ms of its own work ({where}); by the clock of this busy machine {took:.0f} ms."
        )


def _longest(server):
    """(milliseconds of work, by the clock) of its longest turn since last asked."""
    ended = server.process.poll() is not None
    try:
        with server.stalls.open("r+b") as kept:
            longest = LONGEST.unpack(kept.read(LONGEST.size))
            kept.seek(0)
            kept.write(bytes(LONGEST.size))
    except FileNotFoundError:
        longest = 0, 0  # it does not count, or its folder is gone
    if ended:
        _servers.remove(server)
    return [1000 * seconds for seconds in longest]
