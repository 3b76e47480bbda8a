#!/usr/bin/env python3
"""load.py WILLRUN STORED_SERVER [--seconds N] [--minutes N] [--store postgresql://...]: `willrun serve` under the load of wrk.

100 jobs of three rules each, with inputs in 20 combinations; the server remembers what became of equal triggers, so some runs have a
variable that is new each time and are decided anew. Accepted triggers run in turn with STORED_SERVER, which stores and answers the
same again and again and decides nothing; dry-run triggers in turn with /healthz. Then half of these rates, paced, for p99, beside the
same rate of what decides nothing, and a steady load for the memory. 5,000 idle connections are open meanwhile. Read the ratios: machines
are noisy, and wrk shares this one. Beside paced loads a block is written and synced over and over: p99 is no better than the disk.
Needs wrk, and much disk: nothing is deleted before the end. WILLRUN_LOAD_FOLDER: where files go; the default is a new folder in the current one.
"""
import argparse
import hashlib
import json
import os
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from pathlib import Path

JOBS = 100
IDLE = 5000
CONNECTIONS = 64
PAIRS = 3
TAILS = 5
PROJECT = "/api/v4/projects/7"
CONDITIONS = ['$CI_PIPELINE_SOURCE == "schedule"', r"$CI_COMMIT_REF_NAME =~ /^release\/v\d+/", '$FEATURE == "on" && $CI_COMMIT_TAG',
              '$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH && $TIER == "t3"', "$FEATURE || $CI_COMMIT_BRANCH !~ /^wip-/"]

LUA = """
local number, round = 0, 0
wrk.method, wrk.headers["Content-Type"] = "%s", "application/json"
request = function()
  round, number = round + 1, (number + 1) %% 20
  local body = string.format('{"token":"%s","ref":"main","inputs":{"environment":"env%%d","count":%%d}%s}', number %% 5, math.floor(number / 5))
  body = body:gsub("ROUND", round)
  return wrk.format(nil, nil, nil, wrk.method == "POST" and body or nil)
end
local rate = %d
if rate > 0 then
  local ffi = require("ffi")
  ffi.cdef("typedef struct { long seconds, nanoseconds; } moment; int clock_gettime(int, moment *);")
  local moment, due = ffi.new("moment"), nil
  local function now()
    ffi.C.clock_gettime(1, moment)
    return tonumber(moment.seconds) * 1000 + tonumber(moment.nanoseconds) / 1e6
  end
  delay = function()
    due = (due or now()) + math.random() * 2000 / rate
    return math.max(0, math.floor(due - now() + math.random()))
  end
end
"""


def configuration():
    lines = ["spec:", "  inputs:", "    environment: {options: [env0, env1, env2, env3, env4]}", "    count: {type: number, default: 1}",
             "---", "variables: {TIER: t3, TARGET: '$[[ inputs.environment ]]-$[[ inputs.count ]]'}"]
    for job in range(JOBS):
        lines += [f"job {job}:", f"  variables: {{INDEX: '{job}'}}", f"  script: ['./run.sh --index {job} --to $TARGET']", "  rules:"]
        lines += [f"    - if: '{CONDITIONS[(job + rule) % len(CONDITIONS)]}'" for rule in range(3)]
        lines += ["    - when: on_success"]
    return "\n".join(lines) + "\n"


class Program:
    """A server that says where it listens."""

    def __init__(self, output, *command):
        with open(output, "wb") as file:
            self.process = subprocess.Popen(command, stdout=file, stderr=file)
        for _ in range(200):
            found = re.search(r"listening on (?:http://[\d.]+:)?(\d+)", output.read_text())
            if found:
                self.url = f"http://127.0.0.1:{found[1]}"
                self.port = int(found[1])
                return
            time.sleep(0.05)
        sys.exit(f"{command[0]} did not start: {output.read_text()}")

    def memory(self):
        text = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s*(\d+)", text)[1]) / 1024

    def stop(self):
        self.process.terminate()
        self.process.wait()


class Load:
    def __init__(self, work, token):
        self.work, self.token = work, token

    def run(self, url, seconds, method="POST", more="", pace=0):
        """Requests a second, and p99 in milliseconds. `pace`: requests to begin a second, at random distances; those that wait for a
        connection follow as soon as one is free. 0: as many as are answered."""
        script = self.work / "load.lua"
        script.write_text(LUA % (method, self.token, more, pace))
        text = subprocess.run(["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--latency", "-s", script, url],
                              check=True, capture_output=True, text=True).stdout
        if re.search(r"Non-2xx|Socket errors", text):
            print(text)
        latency = re.search(r"99%\s+([\d.]+)(us|ms|s)", text)
        unit = {"us": 0.001, "ms": 1, "s": 1000}[latency[2]]
        return float(re.search(r"Requests/sec:\s+([\d.]+)", text)[1]), float(latency[1]) * unit


class Disk:
    """Syncs a block a hundred times a second while the `with` lasts. `took`: milliseconds, of each sync."""

    def __init__(self, work):
        self.path = work / "disk"
        self.path.write_bytes(bytes(1 << 20))
        self.took = []

    def __enter__(self):
        self.ends = threading.Event()
        self.thread = threading.Thread(target=self._sync)
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.ends.set()
        self.thread.join()

    def _sync(self):
        file = os.open(self.path, os.O_WRONLY)
        while not self.ends.wait(0.01):
            os.pwrite(file, bytes(8192), len(self.took) % 128 * 8192)
            begin = time.monotonic()
            os.fdatasync(file)
            self.took.append((time.monotonic() - begin) * 1000)
        os.close(file)

    def p99(self):
        return sorted(self.took)[len(self.took) * 99 // 100]


def post(url, body):
    request = urllib.request.Request(url, json.dumps(body).encode(), {"Content-Type": "application/json", "PRIVATE-TOKEN": "olga-secret"})
    with urllib.request.urlopen(request) as answer:
        return answer.read()


def open_idle(port):
    connections = []
    for _ in range(IDLE):
        connection = socket.create_connection(("127.0.0.1", port))
        connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
        connection.recv(4096)
        connections.append(connection)
    return connections


def alive(connections):
    count = 0
    for connection in connections:
        try:
            connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
            count += connection.recv(4096).startswith(b"HTTP/1.1 200")
        except OSError:
            pass
    return count


def in_turn(first, second):
    """The rates of two loads, one after the other, several times: medians, and that of the ratios."""
    pairs = [(first(), second()) for _ in range(PAIRS)]
    return [statistics.median(values) for values in zip(*((a, b, a / b) for a, b in pairs))]


def row(what, value, wanted=""):
    print(f"{what:58} {value:>24}  {wanted}", flush=True)


def paced(what, work, run, wanted=""):
    """p99 of a paced load, several times: the median, every one, and those of the disk meanwhile."""
    rates, tails, disks = [], [], []
    os.sync()  # what the loads before have left is not this one's
    for _ in range(TAILS):
        with Disk(work) as disk:
            rate, tail = run()
        rates.append(rate)
        tails.append(tail)
        disks.append(disk.p99())
    texts = [", ".join(f"{one:.1f}" for one in all) for all in (tails, disks)]
    row(f"p99 of {what} at {statistics.median(rates):.0f} a second", f"{statistics.median(tails):.1f} ms", wanted)
    row("  each run", f"{texts[0]} ms")
    row("  p99 of a sync meanwhile", f"{texts[1]} ms")


def configure(work, store):
    digest = hashlib.sha256(b"olga-secret").hexdigest()
    (work / "server.yml").write_text(f"""listen: 127.0.0.1:0
store: {store}
key_file: {work}/key
limits: {{idle_seconds: 3600}}
users: [{{id: 1, username: olga, access_tokens: ['sha256:{digest}']}}]
projects: [{{id: 7, path: group/app, repository: {work}/app, default_branch: main, members: {{olga: owner}}}}]
""")


def serve(willrun, work, store):
    configure(work, store)
    server = Program(work / "log", willrun, "serve", "--config", work / "server.yml")
    token = json.loads(post(server.url + PROJECT + "/triggers", {"description": "load"}))["token"]
    return server, token


def measure(options, work):
    (work / "app").mkdir()
    (work / "app" / ".gitlab-ci.yml").write_text(configuration())
    git = ["git", "-C", work / "app", "-c", "user.name=load", "-c", "user.email=load@example.com"]
    for command in (["init", "-q", "-b", "main"], ["add", "."], ["commit", "-qm", "load"]):
        subprocess.run(git + command, check=True)

    sample = work / "sample.db"
    server, token = serve(options.willrun, work, sample)
    once = {"token": token, "ref": "main", "inputs": {"environment": "env1", "count": 1}}
    answer = work / "answer"
    answer.write_bytes(post(server.url + PROJECT + "/trigger/pipeline", once))
    server.stop()

    stored = Program(work / "stored.log", options.stored_server, options.store or work / "stored.db", sample, answer)
    server, token = serve(options.willrun, work, options.store or work / "store.db")
    load = Load(work, token)
    trigger = server.url + PROJECT + "/trigger/pipeline"
    idle = open_idle(server.port)
    seconds = options.seconds
    load.run(trigger, 2)  # programs are compiled
    rate, stored_rate, ratio = in_turn(lambda: load.run(trigger, seconds)[0], lambda: load.run(stored.url + "/", seconds)[0])
    row("accepted triggers a second", f"{rate:.0f}", "" if options.store else "wanted: 2000")
    row("stored without deciding, a second", f"{stored_rate:.0f}")
    row("ratio", f"{ratio:.2f}", "wanted: 0.67")
    new, _, ratio = in_turn(lambda: load.run(trigger, seconds, more=',"variables":{"RUN":"ROUND"}')[0],
                            lambda: load.run(stored.url + "/", seconds)[0])
    row("accepted triggers a second, each with a new variable", f"{new:.0f}")
    row("ratio", f"{ratio:.2f}")
    dry, health, ratio = in_turn(lambda: load.run(trigger, seconds, more=',"dry_run":true')[0],
                                 lambda: load.run(server.url + "/healthz", seconds, method="GET")[0])
    row("dry-run triggers a second", f"{dry:.0f}")
    row("/healthz a second", f"{health:.0f}")
    row("ratio", f"{ratio:.2f}", "wanted: 0.50")
    half, half_dry = (round(full / 2) for full in (rate, dry))
    for what, run, wanted in (
            ("accepted triggers", lambda: load.run(trigger, seconds, pace=half), "wanted: 10.0 ms"),
            ("stored without deciding", lambda: load.run(stored.url + "/", seconds, pace=half), ""),
            ("dry-run triggers", lambda: load.run(trigger, seconds, more=',"dry_run":true', pace=half_dry), "wanted: 10.0 ms"),
            ("/healthz", lambda: load.run(server.url + "/healthz", seconds, method="GET", pace=half_dry), "")):
        paced(what, work, run, wanted)
    stored.stop()
    row("idle connections that still answer", str(alive(idle)), f"wanted: {IDLE}")
    for minute in range(options.minutes + 1):
        if minute > 0:
            load.run(trigger, 60, pace=200)
        if minute in (0, 1, 3, 5):
            row(f"memory after {minute} minutes of 200 triggers a second", f"{server.memory():.1f} MB")
    server.stop()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("willrun", type=os.path.abspath)
    parser.add_argument("stored_server", type=os.path.abspath)
    parser.add_argument("--seconds", type=int, default=30, help="of each run of wrk")
    parser.add_argument("--minutes", type=int, default=5, help="of the steady load")
    parser.add_argument("--store", help="postgresql://... of tests/server/with_postgres.sh; default: SQLite")
    options = parser.parse_args()
    work = Path(os.environ.get("WILLRUN_LOAD_FOLDER") or tempfile.mkdtemp(prefix="load.", dir="."))
    work = work.resolve()
    try:
        measure(options, work)
    finally:
        shutil.rmtree(work)


if __name__ == "__main__":
    main()
