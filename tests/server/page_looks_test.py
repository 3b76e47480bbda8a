"""The page can be seen, read and used by the keyboard alone."""

import re

from page_fixture import FOCUS, Page, main
from webdriver import contrast

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
        self.assertEqual(rest[:4], ["add-variable", "token", "start", "reset"])
        jobs = [one for one in rest if re.fullmatch(r"job\d+", one)]
        self.assertEqual([one for one in rest if one.startswith("left-out:")],
                         ["left-out:" + name for name in self.browser.run("return [...document.querySelectorAll('#left-out .link')].map(one => one.textContent)")])
        self.assertEqual(len(jobs), 10)
        self.assertEqual(rest[-3:], ["copy-command", "command", "with-token"])

    def test_focus_on_a_job_shows_what_belongs_to_it(self):
        self.sign_in()
        self.focus("#job0")
        self.assertTrue(self.text("details").startswith("compile \u00b7 stage: build"))
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

    def test_narrow_windows_tell_the_verdict_below_the_form(self):
        self.sign_in()
        self.assertEqual(self.browser.run("return getComputedStyle(document.getElementById('to-result')).display"), "none")
        self.browser.resize(390, 844)
        self.write("[data-input=replicas] input", "many")
        self.wait_for_text("to-result", "not created (config_error); 1 input is wrong")
        self.assertTrue(self.browser.run("""const {top, bottom} = document.getElementById('to-result').getBoundingClientRect();
            return top > 0 && bottom <= innerHeight"""))
        self.focus("#source")
        for _ in range(6):  # what has the focus is seen
            self.browser.press("Tab")
            self.assertTrue(self.browser.run("""const it = document.activeElement;
                const {left, right, top, bottom} = it.getBoundingClientRect();
                return it.contains(document.elementFromPoint((left + right) / 2, (top + bottom) / 2))"""), self.browser.run(FOCUS))
        self.focus("#to-result")
        self.browser.press("Enter")
        self.assertEqual(self.browser.run(FOCUS), "verdict")
        self.assertLess(self.browser.run("return document.getElementById('verdict').getBoundingClientRect().top"), 844 / 2)

    def test_the_result_stays_beside_a_long_form(self):
        self.sign_in()
        self.browser.resize(1280, 500)
        self.browser.run("window.scrollTo(0, document.body.scrollHeight)")
        self.assertTrue(self.browser.run("""const {top, bottom} = document.getElementById('verdict').getBoundingClientRect();
            return top >= 0 && bottom <= innerHeight"""))

    def test_fits_narrow_windows(self):
        self.sign_in()
        self.click("#add-variable")
        for width in (360, 700, 1000, 1920):
            self.browser.resize(width, 800)
            self.assertLessEqual(self.browser.run("return document.documentElement.scrollWidth"), width)


if __name__ == "__main__":
    main()
