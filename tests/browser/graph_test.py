"""graph_test.py WILLRUN FIXTURES: what `willrun graph` writes, read by those it is written for: an XML parser, Graphviz,
and Chromium in light and dark."""

import pathlib
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree

from webdriver import Browser, contrast

WILLRUN, FIXTURES = sys.argv[1:3]
SVG = "{http://www.w3.org/2000/svg}"

DEMO = ["--repo", "demo", "--source", "trigger", "--ref", "main", "--input", "environment=production"]
REFUSED = DEMO[:-1] + ["environment=prodution"]
HARD = ["--repo", "graph", "--ref", "main"]

SHOWN = "const details = document.getElementById('details'); return details.hidden ? null : details.textContent"
MARKED = "return [...document.querySelectorAll('.job.linked')].map(job => job.id)"


def graph(arguments, form, code=0):
    ran = subprocess.run([WILLRUN, "graph", *arguments, "--format", form], cwd=FIXTURES, capture_output=True, check=False)
    assert ran.returncode == code, ran.stderr
    return ran.stdout.decode()


class Svg(unittest.TestCase):
    def test_is_xml_with_all_names(self):
        root = xml.etree.ElementTree.fromstring(graph(HARD, "svg"))
        titles = [title.text.split("\n")[0] for title in root.iter(SVG + "title")]
        self.assertIn("</title><script>document.title = 'owned'</script>", titles)
        self.assertIn("unit]\"<tests>&amp; #quot; %%{init: {}}%% \\n `$$x$$`", titles)
        self.assertIn("check style: ␛[31m#red;␇", titles)
        self.assertEqual(list(root.iter(SVG + "script")), [])


class Graphviz(unittest.TestCase):
    def test_draws_every_job(self):
        for arguments, code in ((DEMO, 0), (HARD, 0), (REFUSED, 1)):
            source = graph(arguments, "dot", code)
            drawn = subprocess.run(["dot", "-Tsvg"], input=source.encode(), capture_output=True, check=True)
            self.assertEqual(drawn.stderr, b"")
            texts = {text.text for text in xml.etree.ElementTree.fromstring(drawn.stdout).iter(SVG + "text")}
            if arguments is HARD:
                self.assertIn("unit]\"<tests>&amp; #quot; %%{init: {}}%% \\n `$$x$$`", texts)
                self.assertIn("a \"quoted\" <stage> & ]more[", texts)
            if arguments is DEMO:
                self.assertLessEqual({"build", "compile", "deploy to production", "manual", "load tests"}, texts)


class Page(unittest.TestCase):
    """Each test opens pages in the one browser; afterwards nothing may have been loaded or complained about."""

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.browser = Browser()
        cls.addClassCleanup(cls.folder.cleanup)
        cls.addClassCleanup(cls.browser.close)

    def setUp(self):
        self.opened = []
        self.browser.move_away()
        self.browser.complaints()
        self.browser.requests()

    def tearDown(self):
        self.assertEqual(self.browser.complaints(), [])
        loaded = [url for url in self.browser.requests() if not url.startswith("data:")]
        self.assertEqual(loaded, self.opened)

    def open(self, arguments, scheme="light", form="html", code=0):
        path = pathlib.Path(self.folder.name) / f"page.{form}"
        path.write_text(graph(arguments, form, code))
        self.browser.prefer(scheme)
        self.browser.open(path.as_uri())
        self.opened.append(path.as_uri())

    def colour(self, selector, name):
        return self.browser.run("return getComputedStyle(document.querySelector(arguments[0]))[arguments[1]]", selector, name)

    def test_shows_jobs_arrows_and_reasons(self):
        self.open(DEMO)
        names = self.browser.run("return [...document.querySelectorAll('.job text:not(.mark)')].map(t => t.textContent)")
        self.assertEqual(names, ["compile", "container", "unit tests", "deploy to production", "smoke tests", "docs",
                                 "load tests", "deploy to dev", "deploy to staging", "clean up"])
        arrows = self.browser.run("return [...document.querySelectorAll('.need')].map(a => [a.dataset.from, a.dataset.to])")
        self.assertEqual(arrows, [["0", "2"]])
        self.assertEqual(self.browser.run("return document.querySelector('h1').textContent"), "created, 5 jobs in 4 stages")
        rows = self.browser.run("return [...document.querySelectorAll('tbody tr')].map(r => r.innerText)")
        self.assertEqual(rows[2], 'deploy to dev\tdeploy\tnever, by rule 1 (demo/.gitlab-ci.yml:69:7), if: $ENVIRONMENT != "dev"')
        self.assertEqual(len(rows), 5)

    def test_hover_shows_details_and_neighbours(self):
        self.open(DEMO)
        self.assertIsNone(self.browser.run(SHOWN))
        self.browser.hover("#job7")
        self.assertEqual(self.browser.run(SHOWN), "deploy to dev\nstage: deploy\nleft out: never, by rule 1 "
                         "(demo/.gitlab-ci.yml:69:7), if: $ENVIRONMENT != \"dev\"")
        self.browser.hover("#job2")
        self.assertIn("waits for: compile", self.browser.run(SHOWN))
        self.assertEqual(self.browser.run(MARKED), ["job0"])
        self.browser.move_away()
        self.assertIsNone(self.browser.run(SHOWN))
        self.assertEqual(self.browser.run(MARKED), [])

    def test_keyboard_reaches_every_job(self):
        self.open(DEMO)
        reached = []
        for _ in range(10):
            self.browser.press("Tab")
            reached.append(self.browser.run("return document.activeElement.id"))
            self.assertEqual(self.browser.run(SHOWN), self.browser.run("return document.activeElement.ariaLabel"))
        self.assertEqual(reached, [f"job{number}" for number in range(10)])
        self.assertIn("left out: none of its rules matched", self.browser.run(SHOWN))
        self.browser.press("Shift", "Tab")
        self.assertEqual(self.browser.run("return document.activeElement.id"), "job8")
        self.browser.press("Escape")
        self.assertIsNone(self.browser.run(SHOWN))

    def test_details_stay_in_the_window(self):
        self.open(HARD)
        for job in ("#job0", "#job19", "#job21"):
            self.browser.run("document.querySelector(arguments[0]).focus()", job)
            box = self.browser.run("const b = document.getElementById('details').getBoundingClientRect();"
                                   "return [b.left, b.top, innerWidth - b.right, innerHeight - b.bottom]")
            self.assertGreaterEqual(min(box), 0, job)

    def test_texts_fit_their_boxes(self):
        for arguments in (DEMO, HARD):
            self.open(arguments)
            wide = self.browser.run(
                "return [...document.querySelectorAll('.job text')].filter(t => t.getBBox().x + t.getBBox().width > "
                "t.parentNode.querySelector('rect:not(.bar)').getBBox().x + "
                "t.parentNode.querySelector('rect:not(.bar)').getBBox().width).map(t => t.textContent)")
            self.assertEqual(wide, [])

    def test_names_are_texts(self):
        self.open(HARD)
        self.assertEqual(self.browser.run("return document.title"), "pipeline: created, 20 jobs in 7 stages")
        self.assertIn("</title><script>document.title = 'owned'</script>",
                      self.browser.run("return document.querySelector('tbody').innerText"))

    def test_says_why_there_is_no_pipeline(self):
        for scheme in ("light", "dark"):
            self.open(REFUSED, scheme, code=1)
            self.assertEqual(self.browser.run("return document.querySelector('h1').textContent"), "not created (config_error)")
            self.assertEqual(self.browser.run("return document.querySelector('.message').textContent"),
                             "GitLab: `.gitlab-ci.yml`: `environment` input: `prodution` cannot be used because it is not "
                             "in the list of allowed options")
            self.assertIsNone(self.browser.run("return document.querySelector('svg')"))
            self.assertGreater(contrast(self.colour("h1", "color"), self.colour("body", "backgroundColor")), 4.5)

    def test_can_be_read_in_light_and_dark(self):
        pages = []
        for scheme in ("light", "dark"):
            self.open(DEMO, scheme)
            page = self.colour("body", "backgroundColor")
            pages.append(page)
            inside = self.colour(".job rect", "fill")
            self.assertGreater(contrast(self.colour("body", "color"), page), 7)
            self.assertGreater(contrast(self.colour(".job text", "fill"), inside), 7)
            self.assertGreater(contrast(self.colour(".job .mark", "fill"), inside), 4.5)
            self.assertGreater(contrast(self.colour(".job.left_out text", "fill"), page), 4.5)
            self.assertGreater(contrast(self.colour(".need", "stroke"), self.colour(".stage rect", "fill")), 3)
        self.assertGreater(contrast(*pages), 10)

    def test_picture_stands_alone(self):
        for scheme in ("light", "dark"):
            self.open(DEMO, scheme, "svg")
            self.assertEqual(self.browser.run("return document.querySelectorAll('.job').length"), 10)
            self.assertGreater(contrast(self.colour(".heading text:not(.verdict)", "fill"), self.colour(".page", "fill")), 7)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
