import socket, time
from tests.doors.test_socket_watch import *
def test_mem(house, long_meeting):
    base=memory(house); print("base",base)
    for r in range(6):
        greedy = Wire(house, house.visit("Tom").cookie); greedy.connect()
        greedy.socket.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        for n in range(18): greedy.event("catch_up", {"meeting": long_meeting.public_id, "after": 0}, number=n)
        for _ in range(14):
            time.sleep(.5); print(memory(house)-base, end=" ", flush=True)
        print()
