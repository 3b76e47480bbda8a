"""page_test.py WILLRUN FIXTURES: the page of a running `willrun serve --demo`, used in headless Chromium as its users do."""

import hashlib
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

from webdriver import Browser, contrast  # noqa: E402

WILLRUN, FIXTURES = sys.argv[1:3]
CONTROL = "\ue009"
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
'{HOSTILE.replace("'", "''")}':
  stage: build
  script: make
left $[[ inputs.color ]]:
  stage: test
  script: make
  rules: [{{if: '$NOBODY =~ /<script>/'}}]
stages: [build, test]
"""
NOTE = "it's $HOME \"x\" `id` \\ \u00fc"

# Texts that can be seen, with their colour, that of what is behind them, and what they say.
SEEN_TEXTS = """
const behind = node => {
  for (; node; node = node.parentElement) {
    const colour = getComputedStyle(node).backgroundColor;
    if (!/, 0\\)$|transparent/.test(colour)) return colour;
  }
  return "rgb(255, 255, 255)";
};
const seen = [];
const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
while (walker.nextNode()) {
  const node = walker.currentNode.parentElement;
  if (!walker.currentNode.data.trim() || !node.checkVisibility() || node.closest(".hidden, svg, noscript, option")) continue;
  seen.push([getComputedStyle(node).color, behind(node), walker.currentNode.data.trim()]);
}
return seen;
"""
JOBS = "return [...document.querySelectorAll('#graph .job:not(.left_out)')].map(job => job.querySelector('title').textContent.split('\\n')[0])"
LEFT_OUT = ("return Object.fromEntries([...document.querySelectorAll('#left-out tbody tr')].map(row => "
            "[row.cells[0].textContent, row.cells[2].textContent]))")
TEXT = "return document.getElementById(arguments[0]).textContent"
FOCUS = "const it = document.activeElement; return it.id || it.closest('[id]').id + ':' + it.textContent"


class Server:
    """A demonstration of a folder, on a port of its own."""

    def __init__(self, folder, log):
        command = [WILLRUN, "serve", "--demo", folder, "--listen", "127.0.0.1:0"]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, text=True)
        for line in self.process.stdout:
            if found := re.search(r"access token +(\S+)", line):
                self.token = found[1]
            if found := re.search(r"(http://\S+)/#token=", line):
                self.url = found[1]
            if "forgotten" in line:
                return
        raise AssertionError("the server did not start")

    def close(self):
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
        git(repository, "checkout", "-q", "-b", HOSTILE_BRANCH)
        pathlib.Path(repository, ".gitlab-ci.yml").write_text(HOSTILE_CONFIGURATION, encoding="utf-8")
        git(repository, "commit", "-q", "-a", "-m", "second")
        git(repository, "checkout", "-q", "main")
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

    def errors_at(self, name):
        return self.browser.run("return [...document.querySelectorAll(`[data-input=${arguments[0]}] .error`)].map(one => one.textContent)", name)

    def run_command(self):
        ran = subprocess.run(["bash", "-c", self.text("command")], capture_output=True, text=True, check=True)
        return json.loads(ran.stdout)


class Signing(Page):
    def expected_complaints(self):
        # Chromium itself notes each answer of an error.
        return [one for one in self.refused if "401 (Unauthorized)" in one]

    def setUp(self):
        super().setUp()
        self.refused = []

    def tearDown(self):
        self.refused = self.browser.complaints()
        for one in self.refused:
            self.assertIn("401 (Unauthorized)", one)
        self.refused = []
        super().tearDown()

    def test_by_a_pasted_token(self):
        self.browser.open(self.server.url)
        self.browser.run("sessionStorage.clear()")
        self.browser.open(self.server.url + "/?")
        self.browser.wait_for("return !document.getElementById('welcome').hidden")
        self.assertIn("see at once which pipeline that would be", self.text("sign-in"))
        self.assertEqual(self.browser.run(FOCUS), "access-token")
        self.type("glpat-wrong")
        self.browser.press("Enter")
        self.browser.wait_for("return document.getElementById('sign-in-error').textContent !== ''")
        self.assertEqual(self.text("sign-in-error"), "This access token is not known here.")
        self.type(self.server.token)
        self.browser.press("Enter")
        self.settle("created, 5 jobs in 4 stages")
        self.click("#sign-out")
        self.assertEqual(self.browser.run("return sessionStorage.length"), 0)
        self.assertTrue(self.browser.run("return document.getElementById('work').hidden"))

    def test_by_the_address_of_the_demonstration(self):
        self.sign_in()
        self.assertEqual(self.browser.run("return location.href"), self.server.url + "/")
        self.browser.open(self.server.url + "/?again")  # the tab keeps it
        self.settle("created, 5 jobs in 4 stages")
        self.log.flush()
        self.assertNotIn(self.server.token, pathlib.Path(self.log.name).read_text(encoding="utf-8"))


class Asking(Page):
    def test_form_is_made_from_inputs(self):
        self.sign_in()
        self.assertEqual(self.browser.run("return [...document.querySelectorAll('[data-input]')].map(one => one.dataset.input)"),
                         ["environment", "replicas", "smoke_tests"])
        self.assertEqual(self.browser.run("return [...document.querySelectorAll('[data-input=environment] option')].map(one => one.textContent)"),
                         ["dev", "staging", "production"])
        self.assertEqual(self.browser.run("return document.querySelector('[data-input=smoke_tests] input').type"), "checkbox")
        self.assertIn("where a triggered pipeline deploys to", self.text("inputs"))
        self.assertIn("default: 2", self.text("inputs"))

    def test_graph_and_reasons_follow_the_form(self):
        self.sign_in()
        self.assertEqual(self.browser.run(JOBS), ["compile", "container", "unit tests", "deploy to dev", "smoke tests"])
        self.choose("[data-input=environment] select", "staging")
        self.settle("created, 6 jobs in 4 stages")
        self.assertEqual(self.browser.run(JOBS), ["compile", "container", "unit tests", "load tests", "deploy to staging", "smoke tests"])
        left_out = self.browser.run(LEFT_OUT)
        self.assertEqual(sorted(left_out), ["clean up", "deploy to dev", "deploy to production", "docs"])
        self.assertEqual(left_out["deploy to dev"], "never, by rule 1 (.gitlab-ci.yml:69:7), if: $ENVIRONMENT != \"dev\"")
        self.click("[data-input=smoke_tests] input")
        self.settle("created, 5 jobs in 3 stages")
        self.assertEqual(self.text("live"), "created, 5 jobs in 3 stages")

    def test_errors_stand_at_their_inputs(self):
        self.sign_in()
        self.write("[data-input=replicas] input", "many")
        self.settle("not created (config_error)")
        self.assertEqual(self.errors_at("replicas"), ["input `replicas` takes a number, found the text `many`"
                                                      "GitLab: `replicas` input: provided value is not a number"])
        self.assertEqual(self.errors_at("environment"), [])
        self.assertEqual(self.browser.run("return document.querySelector('[data-input=replicas] input').getAttribute('aria-invalid')"), "true")
        self.assertEqual(self.text("live"), "not created (config_error); 1 input is wrong")
        self.write("[data-input=replicas] input", "3")
        self.settle("created, 5 jobs in 4 stages")
        self.assertEqual(self.errors_at("replicas"), [])

    def test_sources(self):
        self.sign_in()
        self.choose("#ref", "v1.0.0")
        self.choose("#source", "push")
        self.settle("created, 4 jobs in 2 stages")
        self.assertTrue(self.browser.run("return document.getElementById('start').hidden"))
        self.assertIn("asks what it would be", self.text("command-note"))
        self.assertIn("/willrun/preview'", self.text("command"))
        self.choose("#source", "merge request")
        self.browser.wait_for("return !document.getElementById('target-field').hidden")
        self.choose("#source", "api")
        self.assertIn("YOUR_ACCESS_TOKEN", self.text("command"))
        self.assertNotIn(self.server.token, self.text("command"))

    def test_command_does_the_same(self):
        self.sign_in()
        self.assertEqual(self.text("command").split(" \\\n     "),
                         ["curl --request POST", "--header 'Content-Type: application/json'",
                          "--data-raw '{\"token\":\"YOUR_TRIGGER_TOKEN\",\"ref\":\"main\"}'",
                          f"'{self.server.url}/api/v4/projects/1/trigger/pipeline'"])
        self.choose("[data-input=environment] select", "staging")
        self.write("[data-input=replicas] input", "3")
        self.click("#add-variable")
        self.type("NOTE")
        self.browser.press("Tab")
        self.type(NOTE)
        self.click("#with-token")
        self.settle("created, 6 jobs in 4 stages")
        answer = self.run_command()
        self.assertEqual(answer["status"], "created")
        variables = {one["key"]: one["value"] for one in self.server.get(f"pipelines/{answer['id']}/variables")}
        self.assertEqual(variables["NOTE"], NOTE)
        payload = {"ref": "main", "variables": {"NOTE": NOTE}, "inputs": {"environment": "staging", "replicas": 3}, "id": "1"}
        self.assertEqual(json.loads(variables["TRIGGER_PAYLOAD"]), payload)
        jobs = [job["name"] for job in self.server.get(f"pipelines/{answer['id']}/jobs")]
        self.assertEqual(sorted(jobs), sorted(self.browser.run(JOBS)))

    def test_starts(self):
        self.sign_in()
        before = len(self.server.get("pipelines?per_page=100"))
        self.focus("[data-input=replicas] input")
        self.browser.press("Enter")  # typing starts nothing
        self.choose("[data-input=environment] select", "production")
        self.click("#start")
        self.browser.wait_for("return /^Pipeline #\\d+ is created/.test(document.getElementById('answer').textContent)")
        self.assertEqual(self.browser.run(FOCUS), "answer")
        made = self.server.get("pipelines?per_page=100")
        self.assertEqual(len(made), before + 1)
        self.assertIn("deploy to production", [job["name"] for job in self.server.get(f"pipelines/{made[0]['id']}/jobs")])
        self.choose("#source", "api")
        self.click("#start")
        self.browser.wait_for("return document.getElementById('answer').textContent.includes('source api')")

    def test_hostile_texts_are_texts(self):
        self.sign_in()
        self.choose("#ref", HOSTILE_BRANCH)
        self.settle("not created (config_error)")
        self.assertIn(HOSTILE, self.text("inputs"))
        self.assertEqual(self.errors_at("place"), ["input `place` has no default and was not given; give it a `default`: "
                                                   "pushes, tags and merge requests start pipelines without inputs, and "
                                                   "an include gives only those below its `inputs`"
                                                   "GitLab: `place` input: required value has not been provided"])
        self.assertEqual(len(self.errors_at("sure")), 1)
        self.write("[data-input=place] input", "x")
        self.assertEqual(self.errors_at("place")[0][:16], "does not match ^")
        self.write("[data-input=place] input", HOSTILE)
        self.choose("[data-input=sure] select", "true")
        self.settle("created, 1 job in 1 stage")
        self.assertEqual(self.browser.run(JOBS), [HOSTILE])
        self.assertIn("left red", self.browser.run(LEFT_OUT))
        self.choose("[data-input=size] select", HOSTILE)
        self.browser.wait_for("return document.querySelector('[data-input=color] select').textContent === 'blue'")
        self.browser.wait_for("return document.querySelector('#left-out tbody').textContent.includes('left blue')")
        self.write("[data-input=list] textarea", "one")
        self.assertEqual(json.loads(re.search(r"--data-raw '([^']*)'", self.text("command").replace("'\\''", "\u2019"))[1])["inputs"]["list"], ["one"])
        self.assertEqual(self.browser.run("return [document.title, document.querySelectorAll('img').length]"), ["willrun", 0])


class Tokens(Page):
    def open(self):
        self.sign_in()
        self.focus("#open-tokens")
        self.browser.press("Enter")
        self.assertEqual(self.browser.run(FOCUS), "description")

    def rows(self):
        return self.browser.run("return [...document.querySelectorAll('#token-table tbody tr')].map(row => row.cells[0].textContent)")

    def test_are_made_copied_used_and_revoked(self):
        self.open()
        self.type(HOSTILE)
        self.browser.press("Enter")
        self.browser.wait_for("return !document.getElementById('made').hidden")
        self.assertEqual(self.rows()[0], HOSTILE)
        whole = self.browser.run("return document.querySelector('#made code').textContent")
        self.assertIn(whole, [one["token"] for one in self.server.get("triggers")])
        self.assertIn("Copy", self.browser.run(FOCUS))
        self.browser.devtools("Browser.grantPermissions", {"permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"]})
        self.browser.press("Enter")
        self.browser.wait_for("return document.querySelector('#made button').textContent === 'Copied'")
        self.browser.press("Escape")
        self.assertFalse(self.browser.run("return document.getElementById('tokens').open"))
        self.assertEqual(self.browser.run(FOCUS), "open-tokens")
        self.click("#add-variable")
        self.browser.press(CONTROL, "v")
        self.assertEqual(self.browser.run("return document.activeElement.value"), whole)
        self.click(".variable button")
        self.assertIn(whole, self.text("command"))
        self.assertEqual(self.run_command()["status"], "created")

        self.click("#open-tokens")
        self.click("#token-table tbody tr .danger")
        self.assertIn(HOSTILE, self.text("revoke-text"))
        self.browser.press("Escape")
        self.assertIn(HOSTILE, self.rows())
        self.click("#token-table tbody tr .danger")
        self.browser.press("Tab")
        self.assertEqual(self.browser.run(FOCUS), "revoke-now")
        self.browser.press("Enter")
        self.browser.wait_for(f"return !document.getElementById('token-table').textContent.includes({json.dumps(HOSTILE)})")
        self.assertNotIn(whole, [one["token"] for one in self.server.get("triggers")])
        self.assertNotIn(whole, self.text("command"))
        self.assertEqual(self.browser.run("return [document.title, document.querySelectorAll('img').length]"), ["willrun", 0])

    def test_show_what_is_wrong(self):
        self.open()
        self.type("late")
        self.browser.run("document.getElementById('expires').value = '9999-01-01'")
        self.click("#make-token .main")
        self.browser.wait_for("return document.getElementById('tokens-error').textContent !== ''")
        self.assertIn("must be before", self.text("tokens-error"))
        self.assertEqual(len(self.browser.complaints()), 1)  # Chromium's note of the 400


class Developers(unittest.TestCase):
    """Who may not list tokens brings one along."""

    def test_start_with_a_token_of_another(self):
        with tempfile.TemporaryDirectory(prefix="willrun-page-") as folder:
            hashes = {name: "sha256:" + hashlib.sha256(name.encode()).hexdigest() for name in ("mia", "dan")}
            users = [{"id": i, "username": name, "access_tokens": [hashes[name]]} for i, name in enumerate(hashes, 1)]
            project = {"id": 1, "path": "group/shop", "repository": os.path.abspath(os.path.join(FIXTURES, "demo")), "protected": [],
                       "members": {"mia": "maintainer", "dan": "developer"}}
            # JSON is YAML.
            pathlib.Path(folder, "server.yml").write_text(json.dumps({"listen": "127.0.0.1:0", "users": users, "projects": [project]}))
            command = [WILLRUN, "serve", "--config", os.path.join(folder, "server.yml")]
            with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server, Browser() as browser:
                url = next(found[0] for line in server.stderr if (found := re.search(r"http://127.0.0.1:\d+", line)))
                made = subprocess.run(["curl", "-s", "-H", "PRIVATE-TOKEN: mia", "-d", "description=shared", f"{url}/api/v4/projects/1/triggers"],
                                      capture_output=True, check=True)
                browser.open(f"{url}/#token=dan")
                browser.wait_for("return document.getElementById('verdict').textContent === 'created, 5 jobs in 4 stages'")
                self.assertTrue(browser.run("return document.getElementById('open-tokens').hidden"))
                self.assertFalse(browser.run("return document.getElementById('pasted-field').hidden"))
                browser.run("document.getElementById('pasted').focus()")
                for character in json.loads(made.stdout)["token"]:
                    browser.press(character)
                browser.run("document.getElementById('start').click()")
                browser.wait_for("return document.getElementById('answer').textContent.startsWith('Pipeline #1 is created')")
                self.assertEqual(browser.complaints(), [])
                server.terminate()


class Looks(Page):
    def test_keyboard_reaches_everything_in_order(self):
        self.sign_in()
        self.click("#add-variable")
        self.focus("#open-tokens")
        reached = []
        for _ in range(60):
            reached.append(self.browser.run(FOCUS))
            outline = self.browser.run("""const it = document.activeElement;
                const style = getComputedStyle(it.closest('.job') ? it.querySelector('rect') : it);
                return it.closest('.job') ? style.strokeWidth : style.outlineStyle + ' ' + style.outlineWidth""")
            self.assertIn(outline, ("solid 2px", "2px"), reached[-1])
            self.browser.press("Tab")
            if self.browser.run("return document.activeElement === document.body"):
                break
        before = ["open-tokens", "sign-out", "project", "ref", "source", "input-0", "input-1", "input-2"]
        self.assertEqual(reached[:len(before)], before)
        rest = [one for one in reached[len(before):] if not one.startswith("variable")]
        self.assertEqual(rest[:3], ["add-variable", "token", "start"])
        jobs = [one for one in rest if re.fullmatch(r"job\d+", one)]
        self.assertEqual(len(jobs), 10)
        self.assertEqual(rest[-3:], ["copy-command", "command", "with-token"])

    def test_focus_on_a_job_shows_what_belongs_to_it(self):
        self.sign_in()
        self.focus("#job0")
        self.assertTrue(self.text("details").startswith("compile\n"))
        self.assertEqual(self.browser.run("return [...document.querySelectorAll('.job.linked')].map(job => job.querySelector('text').textContent)"),
                         ["unit tests"])

    def test_every_control_has_a_name(self):
        self.sign_in()
        self.click("#add-variable")
        nameless = self.browser.run("""return [...document.querySelectorAll('input, select, textarea, button')].filter(one =>
            !one.labels?.length && !one.textContent.trim() && !one.getAttribute('aria-label')).map(one => one.id)""")
        self.assertEqual(nameless, [])

    def test_can_be_read_in_light_and_dark(self):
        self.sign_in()
        pages = []
        self.write("[data-input=replicas] input", "many")
        self.settle("not created (config_error)")
        for scheme in ("light", "dark"):
            self.browser.prefer(scheme)
            pages.append(self.browser.run("return getComputedStyle(document.body).backgroundColor"))
            self.browser.wait_for("return document.getAnimations().length === 0")
            for action in ("", "#open-tokens"):
                if action:
                    self.click(action)
                for colour, behind, text in self.browser.run(SEEN_TEXTS):
                    self.assertGreaterEqual(contrast(colour, behind), 4.5, f"{scheme}: {text}")
            self.click("#close-tokens")
        self.assertGreater(contrast(*pages), 10)

    def test_fits_narrow_windows(self):
        self.sign_in()
        self.click("#add-variable")
        for width in (360, 700, 1000, 1920):
            self.browser.resize(width, 800)
            self.assertLessEqual(self.browser.run("return document.documentElement.scrollWidth"), width)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
