"""Messages from one process to another through multiprocessing.Queue: prints the seconds it took.

usage: ipc_queue.py BYTES MESSAGES
"""

import multiprocessing
import sys
import time


def send(queue, size, count):
    message = bytes(size)
    for _ in range(count):
        queue.put(message)


def main():
    size, count = int(sys.argv[1]), int(sys.argv[2])
    queue = multiprocessing.Queue()
    sender = multiprocessing.Process(target=send, args=(queue, size, count))
    start = time.perf_counter()
    sender.start()
    received = sum(len(queue.get()) == size for _ in range(count))
    print(time.perf_counter() - start)
    sender.join()
    assert received == count


if __name__ == "__main__":
    main()
