#!/usr/bin/env python3
"""kill_test.py WILLRUN ROUNDS [STORE]: kills the server with SIGKILL under load; what it acknowledged has to be there afterwards.

In each round 500 clients at once start pipelines and make, describe, use and revoke tokens, each client its own, until the server
is killed behind a random number of answers. The store is then looked at, the server started anew, and asked for everything. STORE is
postgresql://... of with_postgres.sh, where every third round stops the database as a failing machine would; without it the store
is an SQLite file. A request without an answer may have happened or not, but wholly.
"""
import asyncio
import hashlib
import json
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

CLIENTS = 500
CHECKERS = 32
PROJECT = "/api/v4/projects/7"
FILE = "build: {script: make}\ntest: {script: make test}\n"
JOBS = 2


class Lost(Exception):
    """The store differs from what was acknowledged."""


class Connection:
    """One keep-alive connection; requests go one after another."""

    def __init__(self, port):
        self.port = port
        self.streams = None

    async def ask(self, method, path, body=None):
        if self.streams is None:
            self.streams = await asyncio.open_connection("127.0.0.1", self.port)
        reader, writer = self.streams
        data = json.dumps(body or {}).encode()
        head = (f"{method} {path} HTTP/1.1\r\nHost: x\r\nPRIVATE-TOKEN: olga-secret\r\n"
                f"Content-Type: application/json\r\nContent-Length: {len(data)}\r\n\r\n")
        writer.write(head.encode() + data)
        status, *headers = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        fields = dict(line.lower().split(": ", 1) for line in headers if line)
        text = await reader.readexactly(int(fields.get("content-length", 0)))
        is_json = text and fields.get("content-type") == "application/json"
        return int(status.split()[1]), json.loads(text) if is_json else None, fields

    def close(self):
        if self.streams:
            self.streams[1].close()


class Server:
    def __init__(self, willrun, work):
        self.log = open(work / "log", "wb")
        self.process = subprocess.Popen([willrun, "serve", "--config", work / "server.yml"], stderr=self.log)
        self.port = None
        for _ in range(200):
            text = (work / "log").read_text()
            if "listening on " in text:
                self.port = int(text.split("listening on ", 1)[1].split('"', 1)[0].rsplit(":", 1)[1])
                return
            if self.process.poll() is not None:
                break
            time.sleep(0.05)
        raise Lost("the server did not start: " + (work / "log").read_text()[-2000:])

    def kill(self):
        self.process.kill()
        self.process.wait()
        self.log.close()


class Acknowledged:
    """What was answered, and what was asked without an answer."""

    def __init__(self):
        self.pipelines = {}  # id: the answer
        self.tokens = {}  # id: {"token", "may": descriptions that it may have, None: it is gone}
        self.answers = 0
        self.unanswered_pipelines = 0

    def take_pipeline(self, pipeline):
        if pipeline["id"] in self.pipelines:
            raise Lost(f"id {pipeline['id']} was given twice")
        self.pipelines[pipeline["id"]] = pipeline

    def take_token(self, answer):
        if answer["id"] in self.tokens:
            raise Lost(f"token id {answer['id']} was given twice")
        self.tokens[answer["id"]] = {"token": answer["token"], "may": [answer["description"]]}


async def acknowledged(connection, known, wanted, *request):
    status, body, _ = await connection.ask(*request)
    if status != wanted:
        raise Lost(f"{request}: {status} {body}")
    known.answers += 1
    return body


async def start_pipeline(connection, known, token):
    known.unanswered_pipelines += 1
    request = ("POST", PROJECT + "/trigger/pipeline", {"token": token, "ref": "main", "variables": {"A": "1"}})
    known.take_pipeline(await acknowledged(connection, known, 201, *request))
    known.unanswered_pipelines -= 1


async def change_token(connection, known, number, description):
    """`description` None revokes. Until the answer both states may be."""
    token = known.tokens[number]
    path = f"{PROJECT}/triggers/{number}"
    token["may"].append(description)
    if description is None:
        await acknowledged(connection, known, 204, "DELETE", path)
    else:
        await acknowledged(connection, known, 200, "PUT", path, {"description": description})
    token["may"] = [description]


async def client(port, known, name, shared_token):
    connection = Connection(port)
    own = None
    try:
        for turn in range(1_000_000):
            what = random.random()
            if what < 0.5:
                await start_pipeline(connection, known, known.tokens[own]["token"] if own else shared_token)
            elif own is None:
                body = {"description": f"{name}-{turn}"}
                answer = await acknowledged(connection, known, 201, "POST", PROJECT + "/triggers", body)
                known.take_token(answer)
                own = answer["id"]
            elif what < 0.75:
                await change_token(connection, known, own, f"{name}-{turn}")
            else:
                await change_token(connection, known, own, None)
                own = None
    except (OSError, EOFError):
        pass  # the server was killed
    finally:
        connection.close()


async def load(server, known, name, shared_token):
    end = known.answers + random.randrange(100, 700)
    clients = [asyncio.create_task(client(server.port, known, f"{name}-{i}", shared_token)) for i in range(CLIENTS)]
    while known.answers < end and not any(task.done() for task in clients):
        await asyncio.sleep(0.001)
    server.kill()
    for outcome in await asyncio.gather(*clients, return_exceptions=True):
        if outcome is not None:
            raise outcome


async def check_pipeline(connection, known, number):
    status, body, _ = await connection.ask("GET", f"{PROJECT}/pipelines/{number}")
    given = known.pipelines[number]
    if status != 200 or any(body[key] != given[key] for key in ("iid", "ref", "sha", "source", "created_at")):
        raise Lost(f"pipeline {number}: {status} {body}")
    status, jobs, _ = await connection.ask("GET", f"{PROJECT}/pipelines/{number}/jobs")
    if status != 200 or len(jobs) != JOBS:
        raise Lost(f"jobs of pipeline {number}: {status} {jobs}")


async def check_token(connection, known, number):
    token = known.tokens[number]
    status, body, _ = await connection.ask("GET", f"{PROJECT}/triggers/{number}")
    found = None if status == 404 else body.get("description")
    if found not in token["may"] or (found is not None and body["token"] != token["token"]):
        raise Lost(f"token {number}: {status} {body}; acknowledged: {token['may']}")
    token["may"] = [found]
    use = {"token": token["token"], "ref": "main", "dry_run": True}
    status, body, _ = await connection.ask("POST", PROJECT + "/trigger/pipeline", use)
    if status != (404 if found is None else 200):
        raise Lost(f"use of token {number}: {status} {body}; acknowledged: {found}")


async def count_pipelines(connection):
    """By the last page that has any: above 10,000 the server tells no total."""
    async def on_page(number):
        _, body, _ = await connection.ask("GET", f"{PROJECT}/pipelines?per_page=100&page={number}")
        return len(body)

    last, behind = 1, 2
    while await on_page(behind):
        last, behind = behind, 2 * behind
    while behind - last > 1:
        middle = (last + behind) // 2
        if await on_page(middle):
            last = middle
        else:
            behind = middle
    return 100 * (last - 1) + await on_page(last)


async def check_all(port, known, pipelines, tokens):
    work = [(check_pipeline, number) for number in pipelines] + [(check_token, number) for number in tokens]

    async def checker():
        connection = Connection(port)
        while work:
            check, number = work.pop()
            await check(connection, known, number)
        connection.close()

    await asyncio.gather(*(checker() for _ in range(CHECKERS)))
    connection = Connection(port)
    status, _, _ = await connection.ask("GET", "/readyz")
    least, total = len(known.pipelines), await count_pipelines(connection)
    connection.close()
    if status != 200 or not least <= total <= least + known.unanswered_pipelines:
        raise Lost(f"readyz {status}, {total} pipelines; acknowledged {least}, unanswered {known.unanswered_pipelines}")


def check_file(store, scratch):
    """A copy, so that the server finds the file as it was left."""
    scratch.mkdir()
    for part in store.parent.glob(store.name + "*"):
        if not part.name.endswith("-shm"):
            shutil.copy(part, scratch)
    database = sqlite3.connect(scratch / store.name)
    found = database.execute("PRAGMA integrity_check").fetchall() + database.execute("PRAGMA foreign_key_check").fetchall()
    database.close()
    shutil.rmtree(scratch)
    if found != [("ok",)]:
        raise Lost(f"integrity_check: {found}")


def fail_database():
    control = os.environ["WILLRUN_TEST_POSTGRES_CONTROL"]
    subprocess.run([control, "stop", "immediate"], check=True)
    subprocess.run([control, "start"], check=True)


def configure(work, store):
    (work / "app").mkdir()
    (work / "app" / ".gitlab-ci.yml").write_text(FILE)
    digest = hashlib.sha256(b"olga-secret").hexdigest()
    (work / "server.yml").write_text(f"""listen: 127.0.0.1:0
store: {store}
key_file: {work}/key
users: [{{id: 1, username: olga, access_tokens: ['sha256:{digest}']}}]
projects: [{{id: 7, path: group/app, repository: {work}/app, default_branch: main, members: {{olga: owner}}}}]
""")


def run(willrun, rounds, store, work):
    file = None if store else work / "store.db"
    configure(work, store or file)
    known = Acknowledged()
    server = Server(willrun, work)
    shared = asyncio.run(acknowledged(Connection(server.port), known, 201, "POST", PROJECT + "/triggers", {"description": "shared"}))
    known.take_token(shared)
    try:
        for number in range(1, rounds + 1):
            before = set(known.pipelines), {key for key, token in known.tokens.items() if token["may"] == [None]}
            asyncio.run(load(server, known, f"round-{number}", shared["token"]))
            if file:
                check_file(file, work / "copy")
            elif number % 3 == 0:
                fail_database()
            server = Server(willrun, work)
            last = number == rounds
            pipelines = [key for key in known.pipelines if last or key not in before[0]]
            tokens = [key for key in known.tokens if last or key not in before[1]]
            asyncio.run(check_all(server.port, known, pipelines, tokens))
            print(f"round {number}: {len(known.pipelines)} pipelines and {len(known.tokens)} tokens acknowledged, "
                  f"{known.unanswered_pipelines} without an answer; {len(pipelines)} and {len(tokens)} asked for, all there", flush=True)
    finally:
        server.kill()
    print(f"ok: {rounds} times killed, {known.answers} answers kept")


def main(arguments):
    if len(arguments) not in (3, 4):
        sys.exit("usage: kill_test.py WILLRUN ROUNDS [STORE]")
    seed = int(os.environ.get("WILLRUN_TEST_SEED", time.time_ns() % 1_000_000))
    random.seed(seed)
    work = Path(tempfile.mkdtemp(prefix="willrun-kill."))
    try:
        run(os.path.abspath(arguments[1]), int(arguments[2]), arguments[3] if len(arguments) == 4 else None, work)
    except Lost as lost:
        sys.exit(f"FAILED with WILLRUN_TEST_SEED={seed}: {lost}")
    finally:
        shutil.rmtree(work)


if __name__ == "__main__":
    main(sys.argv)
