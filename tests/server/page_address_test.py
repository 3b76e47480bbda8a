"""Signing in, and what the address keeps."""

import pathlib

from page_fixture import FOCUS, HOSTILE, JOBS, Page, main


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
        self.assertEqual(self.browser.run("return location.href"), self.server.url + "/#project=demo/shop&ref=main")
        self.browser.open(self.server.url + "/?again")  # the tab keeps it
        self.settle("created, 5 jobs in 4 stages")
        self.log.flush()
        self.assertNotIn(self.server.token, pathlib.Path(self.log.name).read_text(encoding="utf-8"))


class Keeping(Page):
    def hash(self):
        return self.browser.run("return location.hash")

    def test_a_reload_changes_nothing(self):
        self.sign_in()
        self.choose("[data-input=environment] select", "staging")
        self.write("[data-input=replicas] input", "3")
        self.click("[data-input=smoke_tests] input")
        self.click("#add-variable")
        self.type("NOTE")
        self.browser.press("Tab")
        self.type("a=1 & b/2")
        self.choose("#source", "merge request")
        self.choose("#target", "described")
        self.settle("not created (filtered_by_workflow_rules)")
        command = self.text("command")
        self.assertEqual(self.hash(), "#project=demo/shop&ref=main&source=merge_request_event&target=described&input.environment=staging"
                                      "&input.replicas=3&input.smoke_tests=false&variable.NOTE=a%3D1+%26+b/2")
        self.browser.run("window.isOld = true; location.reload()")
        self.browser.wait_for("return !window.isOld")
        self.settle("not created (filtered_by_workflow_rules)")
        self.assertEqual(self.text("command"), command)

    def test_a_link_is_followed_in_the_same_tab(self):
        self.sign_in()
        self.browser.run("location.hash = 'ref=main&input.environment=production'; window.dispatchEvent(new Event('focus'))")
        self.browser.wait_for(f"{JOBS.replace('return ', 'return (')}).includes('deploy to production')")
        self.assertEqual(self.hash(), "#project=demo/shop&ref=main&input.environment=production")

    def test_what_a_link_names_may_be_wrong(self):
        self.follow("project=demo/other&ref=main")
        self.settle("created, 5 jobs in 4 stages")
        self.assertEqual(self.text("answer"), "Another projectYou see no project demo/other.")
        self.follow(f"ref=none&source=chat&input.{HOSTILE}={HOSTILE}&variable.{HOSTILE}={HOSTILE}")
        self.wait_for_text("messages", "Reference not found")
        self.assertEqual(self.value("#source"), "trigger")
        self.assertEqual(len(self.browser.complaints()), 1)  # Chromium's note of the 400
        self.follow("ref=main&input.environment=moon&input.smoke_tests=x")
        self.settle("not created (config_error)")
        self.assertEqual(self.browser.run("return document.querySelector('[data-input=environment] select').selectedOptions[0].textContent"),
                         "moon (not allowed)")
        self.assertEqual(len(self.errors_at("environment")), 1)
        self.assertEqual(self.browser.run("return [document.title, document.querySelectorAll('img').length]"), ["willrun", 0])

    def test_a_link_waits_for_the_access_token(self):
        self.sign_in()
        self.click("#sign-out")
        self.assertEqual(self.hash(), "")
        self.browser.open(self.server.url + "/?new#ref=main&input.environment=staging")
        self.browser.wait_for("return !document.getElementById('welcome').hidden")
        self.type(self.server.token)
        self.browser.press("Enter")
        self.settle("created, 6 jobs in 4 stages")


if __name__ == "__main__":
    main()
