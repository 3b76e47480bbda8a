"""Trigger tokens: made, copied, used, revoked, and brought along by those who may not list them."""

import hashlib
import json
import os
import pathlib
import re
import subprocess
import tempfile
import unittest

from page_fixture import FIXTURES, FOCUS, HOSTILE, WILLRUN, Page, main
from webdriver import Browser

CONTROL = "\ue009"
NEWEST = "document.querySelector('#token-table tbody td').textContent"
# Answers to lists of tokens wait until release(), the latest of them first; `read` are through.
HOLD_LISTS = """
    const real = window.fetch;
    const waiting = [];
    window.read = 0;
    window.held = () => waiting.length;
    window.release = () => waiting.pop()();
    window.fetch = async (url, options) => {
      const answer = await real(url, options);
      if (options.method !== "GET" || !url.includes("/triggers")) return answer;
      const json = await answer.json();
      answer.json = async () => { ++window.read; return json; };
      await new Promise(done => waiting.push(done));
      return answer;
    };"""


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

    def make(self, description):
        self.browser.run("document.getElementById('description').value = arguments[0]", description)
        self.click("#make-token .main")
        self.browser.wait_for(f"return {NEWEST} === {json.dumps(description)}")

    def release(self, read):
        self.browser.run("window.release()")
        self.browser.wait_for(f"return window.read === {read}")

    def test_are_revoked_whatever_list_arrives_meanwhile(self):
        self.open()
        self.make("short-lived")
        self.browser.press("Escape")
        self.browser.run(HOLD_LISTS)
        self.click("#open-tokens")
        self.browser.wait_for("return window.held() === 1")
        self.click("#token-table tbody tr .danger")
        self.release(1)
        self.click("#revoke-now")
        self.browser.wait_for(f"return {NEWEST} !== 'short-lived'")

    def test_stay_as_changed_when_an_older_list_arrives(self):
        self.sign_in()
        self.browser.run(HOLD_LISTS)
        self.click("#open-tokens")
        self.browser.wait_for("return window.held() === 1")
        self.make("newer than the list")
        self.browser.wait_for("return window.held() === 2")
        self.release(1)
        self.release(2)
        self.assertEqual(self.rows()[0], "newer than the list")
        self.assertEqual(self.browser.run("return document.getElementById('token').selectedOptions[0].textContent"), "newer than the list")

    def test_show_what_is_wrong(self):
        self.open()
        self.type("late")
        self.browser.run("document.getElementById('expires').value = '9999-01-01'")
        self.click("#make-token .main")
        self.browser.wait_for("return document.getElementById('tokens-error').textContent !== ''")
        self.assertIn("must be before", self.text("tokens-error"))
        self.assertEqual(len(self.browser.complaints()), 1)  # Chromium's note of the 400
        self.browser.run("window.fetch = async () => { throw new TypeError('Failed to fetch'); }")
        self.click("#make-token .main")
        self.browser.wait_for("return document.getElementById('tokens-error').textContent === 'The server cannot be reached.'")


class Developers(unittest.TestCase):
    """Who may not list tokens brings one along."""

    def test_start_with_a_token_of_another(self):
        with tempfile.TemporaryDirectory(prefix="willrun-page-") as folder:
            hashes = {name: "sha256:" + hashlib.sha256(name.encode()).hexdigest() for name in ("mia", "dan")}
            users = [{"id": i, "username": name, "access_tokens": [hashes[name]]} for i, name in enumerate(hashes, 1)]
            project = {"id": 1, "path": "group/shop", "repository": os.path.abspath(os.path.join(FIXTURES, "demo")), "protected": [], "pipeline_variables": "maintainer",
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
                self.assertFalse(browser.run("return document.getElementById('no-variables').hidden"))
                browser.run("document.getElementById('pasted').focus()")
                for character in json.loads(made.stdout)["token"]:
                    browser.press(character)
                browser.run("document.getElementById('start').click()")
                browser.wait_for("return document.getElementById('answer').textContent.startsWith('Pipeline #1 is created')")
                self.assertEqual(browser.complaints(), [])
                server.terminate()


if __name__ == "__main__":
    main()
