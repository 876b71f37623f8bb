"""A library as a process: a request a line on stdin, an answer a line on stdout, both JSON.

{"layer", "batch", "dtype", "what", "ms"} is answered by {"ms"}: the time of one call, from a window of at least "ms".
{"…", "probe": true} is answered by {"probe"}: entries of the results, in our order. {"error"} says what went wrong.
"""

import importlib
import json
import sys
import time
from types import SimpleNamespace


def window(call, least: float) -> float:
    """Milliseconds of one call."""
    calls = 0
    start = time.perf_counter()
    while True:
        call()
        calls += 1
        passed = (time.perf_counter() - start) * 1000
        if passed >= least:
            return passed / calls


def answer(library, made: dict, request: dict) -> dict:
    key = json.dumps([request[name] for name in ("layer", "batch", "dtype", "what")], sort_keys=True)
    if key not in made:
        made.clear()
        made[key] = library.prepare(
            SimpleNamespace(**request["layer"]), request["batch"], request["dtype"], request["what"]
        )
    call, probes = made[key]
    return {"probe": probes()} if request.get("probe") else {"ms": window(call, request["ms"])}


def main(name: str, threads: int) -> None:
    library = importlib.import_module(f"{name}_peer")
    print(json.dumps({"version": library.start(threads)}), flush=True)
    made: dict = {}
    for line in sys.stdin:
        if not line.strip():
            continue
        try:
            reply = answer(library, made, json.loads(line))
        except Exception as error:  # the bench says it and goes on without this number
            reply = {"error": f"{type(error).__name__}: {error}".splitlines()[0]}
        print(json.dumps(reply), flush=True)


main(sys.argv[1], int(sys.argv[2]))
