"""A flood of sign-ins from a process of its own, so that it takes no time from whoever measures:
`python -m tests.flooding`. stdin: one line of JSON {port, each_second, visits: [{cookie, protection}]}, then the
end of it. stdout: `begun`, and at the end how many answers there were, by status."""

import asyncio
import itertools
import json
import sys
import time
from collections import Counter
from urllib.parse import urlencode

from groups.accounts.passphrase import generate
from groups.accounts.sessions import COOKIE

KNOCKERS = 60  # connections


def letters(visit: dict) -> bytes:
    """A whole request: seven words of ours that open nothing, with a form token that holds."""
    form = urlencode({"words": " ".join(generate()), "csrf_token": visit["protection"]})
    head = f"POST /sign-in HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {COOKIE}={visit['cookie']}\r\n"
    return f"{head}Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(form)}\r\n\r\n{form}".encode()


async def knock(port, ready, at, answers):
    """One connection that sends whenever it is its turn."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for turn in at:
        await asyncio.sleep(max(0, turn - time.monotonic()))
        writer.write(next(ready))
        head = (await reader.readuntil(b"\r\n\r\n")).lower()
        answers[int(head.split()[1])] += 1
        await reader.readexactly(int(head.split(b"content-length:")[1].split()[0]))


async def main():
    """Until nothing more is to be read."""
    loop = asyncio.get_running_loop()
    asked = json.loads(await loop.run_in_executor(None, sys.stdin.readline))
    ready = itertools.cycle([letters(visit) for visit in asked["visits"] for _ in range(50)])
    sys.stdout.write("begun\n")
    sys.stdout.flush()
    began, answers = time.monotonic(), Counter()
    at = (began + number / asked["each_second"] for number in itertools.count())
    knocking = [asyncio.create_task(knock(asked["port"], ready, at, answers)) for _ in range(KNOCKERS)]
    await loop.run_in_executor(None, sys.stdin.read)
    for one in knocking:
        one.cancel()
    sys.stdout.write(json.dumps(answers))


if __name__ == "__main__":
    asyncio.run(main())
