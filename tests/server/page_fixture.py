"""What the tests of the page share: a running `willrun serve --demo`, and headless Chromium that does as users do.
Each of them is called as `page_SUBJECT_test.py WILLRUN FIXTURES`."""

import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
import urllib.request

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "browser"))

from webdriver import Browser  # noqa: E402

WILLRUN, FIXTURES = sys.argv[1:3]
HOSTILE = "<img src=x onerror=\"document.title='owned'\">"
HOSTILE_BRANCH = "<img/src=x/onerror=document.title='owned'>"
HOSTILE_CONFIGURATION = f"""spec:
  inputs:
    place:
      description: '{HOSTILE.replace("'", "''")}'
      regex: '^<'
    size:
      options: [small, '{HOSTILE.replace("'", "''")}']
      default: small
    color:
      rules:
        - if: $[[ inputs.size ]] == 'small'
          options: [red, green]
          default: red
        - options: [blue]
          default: blue
    list: {{type: array, default: [a]}}
    sure: {{type: boolean}}
---
variables:
  NOTE: {{value: '{HOSTILE.replace("'", "''")}', description: '{HOSTILE.replace("'", "''")}'}}
'{HOSTILE.replace("'", "''")}':
  stage: build
  script: make
left $[[ inputs.color ]]:
  stage: test
  script: make
  rules: [{{if: '$NOBODY =~ /<script>/'}}]
stages: [build, test]
"""
DESCRIBED_CONFIGURATION = """spec:
  inputs:
    version: {regex: '^v'}
    constructor: {default: none}
---
variables:
  LEVEL: {value: info, options: [debug, info], description: how much is told}
  MESSAGE: {value: "one\\ntwo", description: told to everybody}
  EMPTY: {description: nothing by default}
  toString: {value: t, description: a name that objects have}
  OTHER: {value: not described}
make $[[ inputs.version ]]: {script: make}
details: {script: make, rules: [{if: $LEVEL == "debug"}]}
own: {script: make, variables: {LEVEL: debug}, rules: [{if: $LEVEL == "debug"}]}
"""
REFUSED_CONFIGURATION = """workflow: {rules: [{if: $CI_COMMIT_TAG}]}
build: {script: make}
"""
BRANCHES = {HOSTILE_BRANCH: HOSTILE_CONFIGURATION, "described": DESCRIBED_CONFIGURATION, "refused": REFUSED_CONFIGURATION}

JOBS = "return [...document.querySelectorAll('#graph .job:not(.left_out)')].map(job => job.querySelector('title').textContent.split('\\n')[0])"
LEFT_OUT = ("return Object.fromEntries([...document.querySelectorAll('#left-out tbody tr')].map(row => "
            "[row.cells[0].textContent, row.cells[2].textContent]))")
TEXT = "return document.getElementById(arguments[0]).textContent"
FOCUS = "const it = document.activeElement; return it.id || it.closest('[id]').id + ':' + it.textContent"


class Server:
    """A demonstration of a folder, on a port of its own."""

    def __init__(self, folder, log, address="127.0.0.1:0"):
        command = [WILLRUN, "serve", "--demo", folder, "--listen", address]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, text=True)
        self.introduction = ""
        for line in self.process.stdout:
            self.introduction += line
            if "forgotten" in line:
                break
        else:
            raise AssertionError("the server did not start")
        self.token = re.search(r"access token +(\S+)", self.introduction)[1]
        self.url = re.search(r"(http://\S+)/#token=", self.introduction)[1]

    def run_commands(self):
        """The answers to the commands of the introduction."""
        commands = re.findall(r"^  (curl .*\\\n.*|curl .*)$", self.introduction, re.MULTILINE)
        return [json.loads(subprocess.run(["bash", "-c", one], capture_output=True, check=True).stdout) for one in commands]

    def close(self):
        """May be called again."""
        self.process.terminate()
        self.process.wait()
        self.process.stdout.close()

    def get(self, path):
        request = urllib.request.Request(f"{self.url}/api/v4/projects/1/{path}", headers={"PRIVATE-TOKEN": self.token})
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(request, timeout=10) as answer:
            return json.load(answer)


def git(folder, *arguments):
    names = ["-c", "user.name=Dev", "-c", "user.email=dev@example.com", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", "-C", folder, *names, *arguments], check=True, capture_output=True)


class Page(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.mkdtemp(prefix="willrun-page-")
        repository = os.path.join(cls.folder, "shop")
        shutil.copytree(os.path.join(FIXTURES, "demo"), repository)
        git(repository, "init", "-q", "-b", "main")
        git(repository, "add", "-A")
        git(repository, "commit", "-q", "-m", "first")
        git(repository, "tag", "v1.0.0")
        for branch, configuration in BRANCHES.items():
            git(repository, "checkout", "-q", "-b", branch)
            pathlib.Path(repository, ".gitlab-ci.yml").write_text(configuration, encoding="utf-8")
            git(repository, "commit", "-q", "-a", "-m", "second")
        git(repository, "checkout", "-q", "main")
        cls.repository = repository
        cls.log = open(os.path.join(cls.folder, "log"), "w+", encoding="utf-8")
        cls.server = Server(repository, cls.log)
        cls.browser = Browser()

    @classmethod
    def tearDownClass(cls):
        cls.browser.close()
        cls.server.close()
        cls.log.close()
        shutil.rmtree(cls.folder)

    def setUp(self):
        self.browser.resize(1280, 900)
        self.browser.prefer("light")
        self.browser.open("about:blank")
        self.browser.complaints()
        self.browser.requests()

    def tearDown(self):
        self.assertEqual(self.browser.complaints(), self.expected_complaints())
        elsewhere = [url for url in self.browser.requests() if not url.startswith((self.server.url, "about:", "data:"))]
        self.assertEqual(elsewhere, [])

    def expected_complaints(self):
        return []

    # ---- what users do

    def sign_in(self):
        self.browser.open(f"{self.server.url}/#token={self.server.token}")
        self.settle("created, 5 jobs in 4 stages")

    def follow(self, address):
        """What stands behind the `#` of the page's address."""
        self.browser.open("about:blank")
        self.browser.open(f"{self.server.url}/#token={self.server.token}&{address}")

    def settle(self, verdict):
        self.browser.wait_for(f"return document.getElementById('verdict').textContent === {json.dumps(verdict)}")

    def text(self, id):
        return self.browser.run(TEXT, id)

    def type(self, text):
        for character in text:
            self.browser.press(character)

    def focus(self, selector):
        self.browser.run("document.querySelector(arguments[0]).focus()", selector)

    def click(self, selector):
        self.browser.run("document.querySelector(arguments[0]).click()", selector)

    def write(self, selector, text):
        self.focus(selector)
        self.browser.run("document.activeElement.select()")
        self.type(text)

    def choose(self, selector, label):
        """In a list, as users do: by the label."""
        self.browser.run("""const list = document.querySelector(arguments[0]);
            const option = [...list.options].find(one => one.textContent === arguments[1]);
            list.value = option.value;
            for (const kind of ["input", "change"]) list.dispatchEvent(new Event(kind, {bubbles: true}));""", selector, label)

    def value(self, selector):
        return self.browser.run("return document.querySelector(arguments[0]).value", selector)

    def wait_for_text(self, id, text):
        self.browser.wait_for(f"return document.getElementById('{id}').textContent.includes({json.dumps(text)})")

    def errors_at(self, name):
        return self.browser.run("return [...document.querySelectorAll(`[data-input=${arguments[0]}] .error`)].map(one => one.textContent)", name)

    def run_command(self):
        ran = subprocess.run(["bash", "-c", self.text("command")], capture_output=True, text=True, check=True)
        return json.loads(ran.stdout)


def main():
    unittest.main(argv=sys.argv[:1])
