"""Tasks of concurrent.futures.ProcessPoolExecutor that do nothing: prints the seconds they took.

usage: process_pool.py WORKERS TASKS
"""

import sys
import time
from concurrent.futures import ProcessPoolExecutor


def same(number):
    return number


def run(pool, count):
    futures = [pool.submit(same, i) for i in range(count)]
    assert [future.result() for future in futures] == list(range(count))


def main():
    workers, count = int(sys.argv[1]), int(sys.argv[2])
    with ProcessPoolExecutor(workers) as pool:
        run(pool, 100)  # Workers are started.
        start = time.perf_counter()
        run(pool, count)
        print(time.perf_counter() - start)


if __name__ == "__main__":
    main()
