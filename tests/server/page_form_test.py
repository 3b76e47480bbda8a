"""The form: inputs and variables, the command that does the same, and starting."""

import json
import re

from page_fixture import FOCUS, HOSTILE, HOSTILE_BRANCH, JOBS, LEFT_OUT, Page, main

NOTE = "it's $HOME \"x\" `id` \\ \u00fc"


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
        self.browser.run("const button = document.getElementById('start'); button.click(); button.click()")  # twice in a hurry
        self.browser.wait_for(f"return document.getElementById('answer').textContent.includes('#{made[0]['id'] + 1}')")
        self.assertEqual(len(self.server.get("pipelines?per_page=100")), before + 2)
        self.choose("#source", "api")
        self.click("#start")
        self.browser.wait_for("return document.getElementById('answer').textContent.includes('source api')")

    def test_hostile_texts_are_texts(self):
        self.sign_in()
        self.choose("#ref", HOSTILE_BRANCH)
        self.settle("not created (config_error)")
        self.assertIn(HOSTILE, self.text("inputs"))
        self.assertEqual(self.errors_at("place"), ["a value is neededGitLab: `place` input: required value has not been provided"])
        self.assertEqual(len(self.errors_at("sure")), 1)
        self.write("[data-input=place] input", "x")
        self.assertEqual(self.errors_at("place")[0][:16], "does not match ^")
        self.write("[data-input=place] input", HOSTILE)
        self.choose("[data-input=sure] select", "true")
        self.settle("created, 1 job in 1 stage")
        self.assertEqual(self.browser.run(JOBS), [HOSTILE])
        self.assertIn("left red", self.browser.run(LEFT_OUT))
        self.assertEqual(self.value("[data-variable=NOTE] textarea"), HOSTILE)
        self.assertIn(HOSTILE, self.text("described"))
        self.choose("[data-input=size] select", HOSTILE)
        self.browser.wait_for("return document.querySelector('[data-input=color] select').textContent === 'blue'")
        self.browser.wait_for("return document.querySelector('#left-out tbody').textContent.includes('left blue')")
        self.write("[data-input=list] textarea", "one")
        self.assertEqual(json.loads(re.search(r"--data-raw '([^']*)'", self.text("command").replace("'\\''", "\u2019"))[1])["inputs"]["list"], ["one"])
        self.assertEqual(self.browser.run("return [document.title, document.querySelectorAll('img').length]"), ["willrun", 0])

    def test_values_stay_when_the_ref_changes(self):
        self.sign_in()
        self.choose("[data-input=environment] select", "staging")
        self.settle("created, 6 jobs in 4 stages")
        self.choose("#ref", "refused")
        self.settle("not created (filtered_by_workflow_rules)")
        self.assertEqual(self.text("no-inputs"), "The configuration on this ref declares no inputs.")
        self.choose("#ref", "v1.0.0")
        self.settle("created, 6 jobs in 4 stages")
        self.assertIn("deploy to staging", self.browser.run(JOBS))
        self.click("#reset")
        self.browser.wait_for("return location.hash === '#project=demo/shop&ref=v1.0.0'")
        self.assertEqual(self.browser.run("return document.querySelector('[data-input=environment] select').selectedOptions[0].textContent"), "dev")


class Described(Page):
    """Variables with a description have fields, as on GitLab's page for new pipelines."""

    def begin(self, source="trigger"):
        self.follow(f"ref=described&source={source}&input.version=v1")
        self.browser.wait_for("return document.querySelectorAll('[data-variable]').length === 4")

    def sent(self):
        return json.loads(re.search(r"--data-raw '([^']*)'", self.text("command"))[1]).get("variables")

    def test_have_fields_with_their_values(self):
        self.begin()
        self.assertEqual(self.browser.run("return [...document.querySelectorAll('[data-variable]')].map(one => one.textContent)"),
                         ["LEVELhow much is tolddebuginfodefault: info", "MESSAGEtold to everybodydefault: one\ntwo",
                          "EMPTYnothing by defaultdefault: ", "toStringa name that objects havedefault: t"])
        self.assertEqual(self.value("[data-variable=LEVEL] select"), "info")
        self.assertEqual(self.value("[data-variable=MESSAGE] textarea"), "one\ntwo")
        self.assertEqual(self.value("[data-variable=EMPTY] textarea"), "")
        self.assertEqual(self.value("[data-variable=toString] textarea"), "t")
        self.assertEqual(self.value("[data-input=constructor] input"), "none")
        self.assertIsNone(self.sent())

    def test_are_sent_when_they_differ(self):
        self.begin()
        self.settle("created, 2 jobs in 1 stage")
        self.choose("[data-variable=LEVEL] select", "debug")
        self.settle("created, 3 jobs in 1 stage")
        self.write("[data-variable=EMPTY] textarea", "x")
        self.assertEqual(self.sent(), {"LEVEL": "debug", "EMPTY": "x"})
        self.choose("[data-variable=LEVEL] select", "info")
        self.write("[data-variable=EMPTY] textarea", "")
        self.settle("created, 2 jobs in 1 stage")

    def test_are_all_sent_by_the_page_of_gitlab(self):
        """There a prefilled value goes over that of the job."""
        self.begin("trigger")
        self.assertEqual(self.browser.run(JOBS), ["make v1", "own"])
        self.begin("web")
        self.settle("created, 1 job in 1 stage")
        self.assertEqual(self.browser.run(JOBS), ["make v1"])
        self.assertEqual(self.sent(), {"LEVEL": "info", "MESSAGE": "one\ntwo", "EMPTY": "", "toString": "t"})

    def test_take_values_over_from_address_and_other_refs(self):
        self.follow("ref=described&variable.LEVEL=debug&variable.MINE=1")
        self.settle("not created (config_error)")  # without its input nothing is known of its variables
        self.assertEqual(self.browser.run("return document.querySelectorAll('#variables .variable').length"), 2)
        self.write("[data-input=version] input", "v1")
        self.settle("created, 3 jobs in 1 stage")
        self.assertEqual(self.value("[data-variable=LEVEL] select"), "debug")
        self.assertEqual(self.browser.run("return [...document.querySelectorAll('#variables .key')].map(one => one.value)"), ["MINE"])
        self.choose("#ref", "main")
        self.settle("created, 5 jobs in 4 stages")
        self.choose("#ref", "described")
        self.settle("created, 3 jobs in 1 stage")
        self.assertEqual(self.sent(), {"LEVEL": "debug", "MINE": "1"})


if __name__ == "__main__":
    main()
