"""Headless Chromium for tests, over the WebDriver protocol of chromedriver; standard library only.

    with Browser() as browser:
        browser.open(page.as_uri())
        browser.run("return document.title")

Each Browser is a process group and a profile of its own, and both are gone when it is left."""

import base64
import json
import os
import re
import shutil
import signal
import subprocess
import tempfile
import time
import urllib.error
import urllib.request

ELEMENT = "element-6066-11e4-a52e-4f735466cecf"  # the key of an element's id, from the WebDriver standard
SECONDS_TO_START = 30
SECONDS_TO_ANSWER = 30

ARGUMENTS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--hide-scrollbars",
]

KEYS = {"Tab": "\ue004", "Enter": "\ue007", "Shift": "\ue008", "Escape": "\ue00c"}


class BrowserError(Exception):
    pass


def contrast(one, other):
    """Of two colours `rgb(r, g, b)`, as WCAG 2 defines it: 1 to 21."""
    def luminance(colour):
        parts = [int(part) / 255 for part in colour[colour.index("(") + 1:-1].split(",")[:3]]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


class Browser:
    def __init__(self, width=1280, height=800):
        self.folder = tempfile.mkdtemp(prefix="willrun-browser-")
        self.driver = None
        self.session = None
        try:
            self._start_driver()
            self._start_session(width, height)
        except BaseException:
            self.close()
            raise

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        if self.session:
            try:
                self._ask("DELETE", "")
            except (BrowserError, OSError):
                pass
        if self.driver:
            try:
                os.killpg(self.driver.pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
            self.driver.wait()
            self.driver.stdout.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    # ---- what tests do

    def open(self, url):
        self._ask("POST", "/url", {"url": url})
        # Keys that come before the first picture may go to nobody.
        painted = "const [done] = arguments; requestAnimationFrame(() => requestAnimationFrame(() => done()));"
        self._ask("POST", "/execute/async", {"script": painted, "args": []})

    def run(self, script, *arguments):
        """The value that the body of a function returns; `arguments[0]` and so on are what was given."""
        return self._ask("POST", "/execute/sync", {"script": script, "args": list(arguments)})

    def wait_for(self, script, seconds=5):
        """Runs a script until it returns something true."""
        end = time.monotonic() + seconds
        while not (value := self.run(script)):
            if time.monotonic() > end:
                raise BrowserError(f"never true: {script}")
            time.sleep(0.05)
        return value

    def find(self, selector):
        return self._ask("POST", "/element", {"using": "css selector", "value": selector})[ELEMENT]

    def hover(self, selector):
        self._move({ELEMENT: self.find(selector)}, 0, 0)

    def click(self, selector):
        """With the mouse, in its middle."""
        self.hover(selector)
        actions = [{"type": kind, "button": 0} for kind in ("pointerDown", "pointerUp")]
        self._act({"type": "pointer", "id": "mouse", "parameters": {"pointerType": "mouse"}, "actions": actions})

    def move_away(self):
        self._move("viewport", 1, 1)

    def press(self, *keys):
        """Presses keys together: press("Shift", "Tab")."""
        names = [KEYS.get(key, key) for key in keys]
        actions = [{"type": "keyDown", "value": name} for name in names]
        actions += [{"type": "keyUp", "value": name} for name in reversed(names)]
        self._act({"type": "key", "id": "keyboard", "actions": actions})

    def prefer(self, scheme):
        """`light` or `dark`, as a system would ask for it."""
        self.devtools("Emulation.setEmulatedMedia",
                      {"features": [{"name": "prefers-color-scheme", "value": scheme}]})

    def resize(self, width, height):
        self.devtools("Emulation.setDeviceMetricsOverride",
                      {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False})

    def screenshot(self, path):
        with open(path, "wb") as file:
            file.write(base64.b64decode(self._ask("GET", "/screenshot")))

    def complaints(self):
        """What the console got since the last call, except mere notes: errors of scripts, refused loads."""
        entries = self._ask("POST", "/se/log", {"type": "browser"})
        return [entry["message"] for entry in entries if entry["level"] in ("SEVERE", "WARNING")]

    def requests(self):
        """The addresses that pages asked for since the last call, without those of Chromium's own user interface."""
        entries = self._ask("POST", "/se/log", {"type": "performance"})
        events = [json.loads(entry["message"])["message"] for entry in entries]
        urls = [event["params"]["request"]["url"] for event in events if event["method"] == "Network.requestWillBeSent"]
        return [url for url in urls if not url.startswith("chrome://")]

    def devtools(self, command, parameters):
        """A command of the Chrome DevTools protocol."""
        return self._ask("POST", "/goog/cdp/execute", {"cmd": command, "params": parameters})

    # ---- the protocol

    def _start_driver(self):
        program = shutil.which("chromedriver")
        if not program:
            raise BrowserError("chromedriver is missing: scripts/setup installs it")
        self.driver = subprocess.Popen([program, "--port=0"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                                       text=True, start_new_session=True)
        for line in self.driver.stdout:
            if found := re.search(r"started successfully on port (\d+)", line):
                self.address = f"http://127.0.0.1:{found[1]}/session"
                return
        raise BrowserError("chromedriver did not start")

    def _start_session(self, width, height):
        options = {"args": ARGUMENTS + [f"--user-data-dir={self.folder}", f"--window-size={width},{height}"]}
        wanted = {"browserName": "chrome", "goog:chromeOptions": options,
                  "goog:loggingPrefs": {"browser": "ALL", "performance": "ALL"}}
        answer = self._send("POST", self.address, {"capabilities": {"alwaysMatch": wanted}}, SECONDS_TO_START)
        self.session = answer["sessionId"]
        # Some versions of Chromium give the focus to a part of their own window.
        self.devtools("Emulation.setFocusEmulationEnabled", {"enabled": True})

    def _move(self, origin, x, y):
        move = {"type": "pointerMove", "duration": 0, "origin": origin, "x": x, "y": y}
        self._act({"type": "pointer", "id": "mouse", "parameters": {"pointerType": "mouse"}, "actions": [move]})

    def _act(self, source):
        self._ask("POST", "/actions", {"actions": [source]})

    def _ask(self, method, path, body=None):
        return self._send(method, f"{self.address}/{self.session}{path}", body, SECONDS_TO_ANSWER)

    @staticmethod
    def _send(method, url, body, seconds):
        data = json.dumps(body).encode() if body is not None else None
        request = urllib.request.Request(url, data, {"Content-Type": "application/json"}, method=method)
        # Proxies of the environment are not for 127.0.0.1.
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            with opener.open(request, timeout=seconds) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as error:
            value = json.load(error)["value"]
            raise BrowserError(f"{value['error']}: {value['message']}") from None
