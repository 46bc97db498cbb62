"""How much memory server processes hold while something goes on."""

import threading
from pathlib import Path

LOOK = 0.5  # seconds


class Memory:
    """Looks at the resident memory of the processes of `servers`, whichever run just now; megabytes in all."""

    def __init__(self):
        self.servers, self._seen, self._ended = [], [], threading.Event()
        self._watching = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self):
        self._watching.start()
        return self

    def __exit__(self, *_):
        self._ended.set()
        self._watching.join()

    def told(self) -> str:
        """Start, most, end."""
        seen = self._seen or [0]
        return f"{seen[0]:.0f} / {max(seen):.0f} / {seen[-1]:.0f}"

    def _watch(self):
        while not self._ended.wait(LOOK):
            each = [resident(server) for server in self.servers]
            if each and all(each):  # not while one of them is gone
                self._seen.append(sum(each))


def resident(server) -> float:
    """Megabytes this server's process holds now; 0 when it is gone."""
    try:
        status = Path(f"/proc/{server.process.pid}/status").read_text()
        return int(status.split("VmRSS:")[1].split()[0]) / 1024
    except (AttributeError, OSError, IndexError):
        return 0  # it is being restarted
