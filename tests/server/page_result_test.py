"""What the page says of an answer: explanations, errors, answers that come late or not at all."""

import pathlib
import re
import tempfile
import unittest

from page_fixture import FIXTURES, FOCUS, JOBS, Page, Server, git, main
from webdriver import Browser

SLOW_FIRST_ANSWER = """
const real = window.fetch;
let asked = 0;
window.fetch = (url, {signal, ...rest}) => {
  const answer = real(url, rest);
  return asked++ ? answer : answer.then(one => new Promise(done => setTimeout(() => { window.wasLate = true; done(one); }, 700)));
};
"""


class Explaining(Page):
    def test_a_job_by_keyboard_and_table(self):
        self.sign_in()
        self.focus("#job3")
        self.browser.press("Enter")
        self.browser.wait_for("return !document.getElementById('why').hidden")
        name = self.text("why-title").removeprefix("Why: ")
        self.assertIn(name, self.browser.run(JOBS))
        self.assertTrue(self.text("why-text").startswith(f"{name} is in the pipeline"))
        self.assertEqual(self.browser.run(FOCUS).split(":")[0], "job3")
        self.assertTrue(self.text("live").startswith(f"{name} is in the pipeline"))
        self.browser.press("Enter")
        self.browser.wait_for("return document.getElementById('why').hidden")
        self.browser.click("#graph .job.left_out")  # in its middle, where nothing is painted
        self.browser.wait_for("return !document.getElementById('why').hidden")
        self.browser.run("[...document.querySelectorAll('#left-out .link')].find(one => one.textContent === 'deploy to staging').click()")
        self.wait_for_text("why-text", "deploy to staging is left out of the pipeline")
        self.assertIn("$ENVIRONMENT = \"dev\"", self.text("why-text"))
        self.assertIn("&job=deploy+to+staging", self.browser.run("return location.hash"))
        self.choose("[data-input=environment] select", "staging")
        self.wait_for_text("why-text", "deploy to staging is in the pipeline")
        self.assertNotIn("\"job\"", self.text("command"))
        self.click("#close-why")
        self.browser.wait_for("return document.getElementById('why').hidden")
        self.assertEqual(self.browser.run(FOCUS), "verdict")

    def test_a_refusal_by_the_workflow(self):
        self.follow("ref=refused&job=build")
        self.settle("not created (filtered_by_workflow_rules)")
        self.assertEqual(self.text("why-title"), "Why there is no pipeline")
        self.assertIn("there would be a pipeline by rule 1 if $CI_COMMIT_TAG were set", self.text("why-text"))
        self.assertTrue(self.browser.run("return document.getElementById('close-why').hidden"))


class Answers(Page):
    def test_the_last_picture_stays_while_a_value_is_wrong(self):
        self.sign_in()
        jobs = self.browser.run(JOBS)
        self.write("[data-input=replicas] input", "many")
        self.settle("not created (config_error)")
        self.assertEqual(self.browser.run("const graph = document.getElementById('graph'); return [graph.inert, graph.classList.contains('stale')]"),
                         [True, True])
        self.assertEqual(self.browser.run(JOBS), jobs)
        self.assertEqual(self.text("details"), "So it was before an input became wrong.")
        self.write("[data-input=replicas] input", "2")
        self.settle("created, 5 jobs in 4 stages")
        self.assertFalse(self.browser.run("return document.getElementById('graph').inert"))
        self.assertNotIn("became wrong", self.text("details"))
        self.choose("#ref", "described")  # its input is missing, and the picture is of another commit
        self.settle("not created (config_error)")
        self.assertEqual(self.browser.run(JOBS), [])

    def test_late_answers_are_dropped(self):
        self.sign_in()
        self.browser.run(SLOW_FIRST_ANSWER)
        self.choose("[data-input=environment] select", "staging")
        self.browser.wait_for("return location.hash.includes('staging')")
        self.choose("[data-input=environment] select", "production")
        self.browser.wait_for("return location.hash.includes('production')")
        self.browser.wait_for("return window.wasLate")
        self.assertIn("deploy to production", self.browser.run(JOBS))

    def test_typing_asks_when_it_pauses(self):
        self.sign_in()
        self.browser.run("""const real = window.fetch;
            window.asked = 0;
            window.fetch = (...all) => { ++window.asked; return real(...all); };
            const field = document.querySelector('[data-input=replicas] input');
            for (let i = 0; i < 20; ++i) { field.value = String(i); field.dispatchEvent(new Event('input', {bubbles: true})); }""")
        self.browser.wait_for("return location.hash.includes('replicas=19')")
        self.settle("created, 5 jobs in 4 stages")
        self.assertEqual(self.browser.run("return window.asked"), 1)

    def test_an_error_is_said_once(self):
        git(self.repository, "checkout", "-q", "-b", "wrong")
        self.addCleanup(git, self.repository, "checkout", "-q", "main")
        for configuration, error in (("build: {stage: none}\n", "should implement the script:"),
                                     ("include: {component: gitlab.com/group/part/build@main}\n", "content not found")):
            pathlib.Path(self.repository, ".gitlab-ci.yml").write_text(configuration, encoding="utf-8")
            git(self.repository, "commit", "-q", "-a", "-m", "wrong")
            self.follow("ref=wrong")
            self.settle("not created (config_error)")
            self.assertEqual(self.text("result").count(error), 1, self.text("result"))
            self.assertEqual(self.text("no-inputs"), "No inputs are known while the configuration is wrong.")


class Servers(unittest.TestCase):
    """Changes of the repository, and a server that goes away, each with a server of its own."""

    def setUp(self):
        self.folder = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory(prefix="willrun-page-")))
        self.log = self.enterContext(open(self.folder / "log", "w", encoding="utf-8"))
        self.repository = self.folder / "shop"
        self.repository.mkdir()
        self.commit("one: {script: make}\n")
        self.server = Server(self.repository, self.log)
        self.addCleanup(self.server.close)
        self.browser = self.enterContext(Browser())
        self.browser.open(f"{self.server.url}/#token={self.server.token}")
        self.wait_for("verdict", "created, 1 job in 1 stage")

    def commit(self, configuration):
        (self.repository / ".gitlab-ci.yml").write_text(configuration, encoding="utf-8")
        if not (self.repository / ".git").exists():
            git(self.repository, "init", "-q", "-b", "main")
        git(self.repository, "add", "-A")
        git(self.repository, "commit", "-q", "-m", "next")

    def wait_for(self, id, text, seconds=5):
        self.browser.wait_for(f"return document.getElementById('{id}').textContent.includes('{text}')", seconds)

    def test_what_was_committed_meanwhile_is_seen_on_return(self):
        self.commit("spec: {inputs: {size: {default: s}}}\n---\none: {script: make}\ntwo: {script: make}\n")
        self.browser.run("window.dispatchEvent(new Event('focus'))")
        self.wait_for("verdict", "created, 2 jobs in 1 stage")
        self.assertEqual(self.browser.run("return document.querySelectorAll('[data-input=size]').length"), 1)

    def test_a_server_that_comes_back_is_found(self):
        address = re.sub("^http://", "", self.server.url)
        self.server.close()
        self.browser.run("window.dispatchEvent(new Event('focus'))")
        self.wait_for("messages", "The server cannot be reached. It is asked again every few seconds.")
        self.assertEqual(self.browser.run("return document.getElementById('live').textContent"),
                         "The server cannot be reached. It is asked again every few seconds.")
        self.server = Server(self.repository, self.log, address)
        self.addCleanup(self.server.close)
        # The access token of the new demonstration is another one. The page asks again after three seconds.
        self.wait_for("sign-in-error", "This access token is not known here.", seconds=20)
        self.assertEqual(self.browser.run("return location.hash"), "#project=demo/shop&ref=main")

    def test_commands_of_the_introduction_work(self):
        self.commit("spec:\n  inputs:\n    size: {options: [s, \"l's\"], default: s}\n    count: {type: number}\n---\n"
                    "one: {script: \"make $[[ inputs.size ]] $[[ inputs.count ]]\"}\n")
        with_inputs = Server(self.repository, self.log)
        self.addCleanup(with_inputs.close)
        answers = with_inputs.run_commands()
        self.assertEqual(answers[0]["status"], "created")
        self.assertEqual(answers[1]["willrun"]["status"], "created")
        self.assertEqual([one["id"] for one in answers[2]], [answers[0]["id"]])
        self.assertEqual([one["description"] for one in answers[3]], ["demo"])
        self.assertIn("inputs[size]=l'\\''s", with_inputs.introduction)


if __name__ == "__main__":
    main()
