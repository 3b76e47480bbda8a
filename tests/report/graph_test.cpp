// Pictures of a pipeline: what each format makes of texts that try to break it, and where boxes and arrows stand.
#include <random>

#include <willrun/graph.hpp>

#include "report/graph_layout.hpp"
#include "support/load.hpp"

namespace willrun {
namespace {

GraphJob job(std::string name, std::uint32_t stage, std::vector<std::uint32_t> needs = {}) {
  GraphJob made;
  made.name = std::move(name);
  made.stage = stage;
  made.needs = std::move(needs);
  made.waits_for_needs = !made.needs.empty();
  made.why = "no rules: always in";
  return made;
}

Graph graph_with(std::vector<GraphJob> jobs, std::vector<std::string> stages) {
  Graph graph;
  graph.status = Decision::Status::created;
  graph.verdict = "created";
  graph.stages = std::move(stages);
  graph.jobs = std::move(jobs);
  return graph;
}

// What stands between two texts, for the first time.
std::string between(const std::string& text, std::string_view begin, std::string_view end) {
  const std::size_t from = text.find(begin);
  if (from == std::string::npos) return "(no " + std::string(begin) + ")";
  const std::size_t start = from + begin.size();
  return text.substr(start, text.find(end, start) - start);
}

struct Name {
  std::string name;
  std::string mermaid;
  std::string dot;
  std::string svg;
};

TEST(Graph, EscapesNamesForEachFormat) {
  const Name names[] = {
      {"plain: job", "plain: job", "plain: job", "plain: job"},
      {"a\"b]<c>&d", "a#34;b#93;#60;c#62;#38;d", "a\\\"b]<c>&amp;d", "a&quot;b]&lt;c&gt;&amp;d"},
      {"#quot; `x`", "#35;quot#59; #96;x#96;", "#quot; `x`", "#quot; `x`"},
      {"%%{init}%%", "#37;#37;#123;init#125;#37;#37;", "%%{init}%%", "%%{init}%%"},
      {"style: #red", "style#58; #35;red", "style: #red", "style: #red"},
      {"back\\nslash", "back#92;nslash", "back\\\\nslash", "back\\nslash"},
      {"\x1b[31m\x07", "␛#91;31m␇", "␛[31m␇", "␛[31m␇"},
      {"bad \xff byte", "bad \uFFFD byte", "bad \uFFFD byte", "bad \uFFFD byte"},
      {"turned \u202E round", "turned \uFFFD round", "turned \uFFFD round", "turned \uFFFD round"},
      {"two\nlines", "two lines", "two lines", "two lines"},
      {"--> end", "--#62; end", "--> end", "--&gt; end"},
      {"検査", "検査", "検査", "検査"},
  };
  for (const Name& one : names) {
    const Graph graph = graph_with({job(one.name, 0)}, {"build"});
    EXPECT_EQ(between(to_mermaid(graph), "    job0[\"", "\"]\n"), one.mermaid);
    EXPECT_EQ(between(to_dot(graph), "    job0 [label=\"", "\", tooltip="), one.dot);
    EXPECT_EQ(between(to_svg(graph), "<text x=\"54\" y=\"79\">", "</text>"), one.svg);
  }
}

TEST(Graph, CutsLongNamesToTheirBoxAndKeepsThemInTheDetails) {
  std::string name;
  for (int i = 0; i < 40; ++i) name += "検";
  const Graph graph = graph_with({job(name, 0), job(std::string(80, 'x'), 0)}, {"build"});
  const report::Layout layout = report::lay_out(graph);
  EXPECT_EQ(layout.jobs[0].lines, std::vector<std::string>{name.substr(0, 16 * 3) + "…"});
  EXPECT_EQ(layout.jobs[1].lines, std::vector<std::string>{std::string(33, 'x') + "…"});
  EXPECT_NE(to_svg(graph).find("<title>" + name), std::string::npos);
}

TEST(Graph, MermaidWhole) {
  Graph graph = graph_with({job("build", 0), job("test", 1, {0}), job("old", 1)}, {"one", "two"});
  graph.jobs[1].when = When::manual;
  graph.jobs[1].allow_failure = true;
  graph.jobs[1].bridge = true;
  graph.jobs[1].downstream = "group/project";
  graph.jobs[2].left_out = true;
  graph.jobs[2].why = "never, by rule 1, if: %%{x}%%";
  graph.workflow = "rule 1";
  EXPECT_EQ(to_mermaid(graph),
            "flowchart LR\n"
            "  %% created\n"
            "  %% workflow: rule 1\n"
            "  subgraph stage0[\"one\"]\n"
            "    direction LR\n"
            "    job0[\"build\"]\n"
            "  end\n"
            "  subgraph stage1[\"two\"]\n"
            "    direction LR\n"
            "    job1[[\"test<br/>manual, may fail<br/>starts group/project\"]]\n"
            "    job2[\"old<br/>left out\"]\n"
            "  end\n"
            "  job0 --> job1\n"
            "  stage0 ~~~ stage1\n"
            "  %% job2 is left out: never, by rule 1, if: % %{x}% %\n"
            "  classDef left_out stroke-dasharray:4 3,opacity:0.7\n"
            "  class job2 left_out\n");
}

TEST(Graph, SaysWhyThereIsNoPipeline) {
  Graph graph;
  graph.verdict = "not created (config_error)";
  graph.messages = {"`<environment>` input is wrong"};
  EXPECT_EQ(to_mermaid(graph),
            "flowchart LR\n"
            "  %% not created (config_error)\n"
            "  %% GitLab: `<environment>` input is wrong\n"
            "  verdict[\"not created (config_error)<br/>"
            "GitLab#58; #96;#60;environment#62;#96; input is wrong\"]\n");
  EXPECT_NE(to_svg(graph).find(">GitLab: `&lt;environment&gt;` input is wrong</text>"), std::string::npos);
  EXPECT_NE(to_html(graph).find("<p class=\"message\">GitLab: `&lt;environment&gt;` input is wrong</p>"),
            std::string::npos);
  EXPECT_NE(to_dot(graph).find("label=\"not created (config_error)\\nGitLab: `<environment>` input is wrong\";"),
            std::string::npos);
}

Graph of_text(std::string text, const GraphOptions& options = {}) {
  const Trigger trigger = Trigger::by_web("main");
  LoadOptions load;
  load.mode = LoadMode::pipeline;
  const Config config = testing_support::load_text(std::move(text), trigger, load);
  return graph_of(decide(config, trigger), trigger, config.files(), options);
}

// `stage/name[ -> needs][ downstream][: why]`, a line each.
std::string print(const Graph& graph) {
  std::string out;
  for (const GraphJob& one : graph.jobs) {
    out += graph.stages[one.stage] + "/" + one.name;
    for (const std::uint32_t need : one.needs) out += " <- " + graph.jobs[need].name;
    if (one.bridge) out += " starts " + one.downstream;
    if (one.left_out) out += ": " + one.why;
    out += '\n';
  }
  return out;
}

TEST(Graph, TakesJobsNeedsAndDownstreamsOfADecision) {
  const std::string text =
      "stages: [first, last]\n"
      "end: {stage: .post, script: x, needs: [a]}\n"
      "a: {stage: first, script: x}\n"
      "b: {stage: last, script: x, needs: [a, a 2, {job: gone, optional: true}]}\n"
      "a 2: {stage: first, script: x, needs: [a]}\n"
      "gone: {stage: .pre, script: x, rules: [{if: $NO}]}\n"
      "c1: {stage: last, trigger: {include: ci/one.yml}}\n"
      "c2: {stage: last, trigger: {include: [{local: ci/one.yml}, ci/two.yml]}}\n"
      "c3: {stage: last, trigger: {include: [{artifact: made.yml, job: a}]}}\n"
      "c4: {stage: last, trigger: {include: [{project: p/q, file: ci.yml}]}}\n"
      "c5: {stage: last, trigger: {project: p/$CI_COMMIT_BRANCH, branch: next}}\n"
      "c6: {stage: last, trigger: p/q}\n"
      "c7: {stage: last, needs: {pipeline: p/q}}\n";
  const std::string of_pipeline =
      "first/a\n"
      "first/a 2 <- a\n"
      "last/b <- a <- a 2\n"
      "last/c1 starts child pipeline of ci/one.yml\n"
      "last/c2 starts child pipeline of ci/one.yml and 1 more\n"
      "last/c3 starts child pipeline of made.yml\n"
      "last/c4 starts child pipeline of ci.yml\n"
      "last/c5 starts p/main, branch next\n"
      "last/c6 starts p/q\n"
      "last/c7 starts \n"
      ".post/end <- a\n";
  const Graph graph = of_text(text);
  EXPECT_EQ(print(graph), of_pipeline + ".pre/gone: none of its rules matched (.gitlab-ci.yml:6:1)\n");
  EXPECT_EQ(graph.stages, (std::vector<std::string>{".pre", "first", "last", ".post"}));
  EXPECT_NE(to_mermaid(graph).find("[[\"c7<br/>mirrors another pipeline\"]]"), std::string::npos) << to_mermaid(graph);
  const Graph without = of_text(text, {.left_out = false});
  EXPECT_EQ(print(without), of_pipeline);
  EXPECT_EQ(without.stages, (std::vector<std::string>{"first", "last", ".post"}));
}

TEST(Graph, ShowsWhatIsKnownOfARefusedPipeline) {
  const Graph graph = of_text(
      "a: {script: x, rules: [{if: $NO}]}\n"
      "b: {script: x, needs: [a]}\n");
  EXPECT_EQ(graph.verdict, "not created (config_error)");
  ASSERT_EQ(graph.messages.size(), 1u);
  EXPECT_TRUE(graph.messages[0].starts_with("'b' job needs 'a' job")) << graph.messages[0];
  EXPECT_EQ(print(graph), "test/a: none of its rules matched (.gitlab-ci.yml:1:1)\n");
}

bool overlap(const report::Box& a, const report::Box& b) {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

// Boxes stand apart and inside the picture, arrows lead to the right, and no straight piece of one runs behind a box.
void expect_readable(const Graph& graph) {
  const report::Layout layout = report::lay_out(graph);
  for (std::size_t i = 0; i < layout.jobs.size(); ++i) {
    const report::Box& box = layout.jobs[i].box;
    EXPECT_GE(box.x, report::kMargin);
    EXPECT_LE(box.x + box.width, layout.width - report::kMargin);
    EXPECT_LE(box.y + box.height, layout.height - report::kMargin);
    for (std::size_t k = 0; k < i; ++k) EXPECT_FALSE(overlap(box, layout.jobs[k].box)) << i << " and " << k;
  }
  for (const report::Arrow& arrow : layout.arrows) {
    for (std::size_t i = 1; i < arrow.points.size(); ++i) {
      const report::Point& from = arrow.points[i - 1];
      const report::Point& to = arrow.points[i];
      EXPECT_LT(from.x, to.x);
      if (i % 2 == 1) continue;
      const report::Box piece{from.x, from.y, to.x - from.x, 1};
      for (const report::JobBox& one : layout.jobs) EXPECT_FALSE(overlap(piece, one.box));
    }
  }
}

Graph random_graph(std::mt19937& random) {
  const auto below = [&](std::uint32_t most) { return static_cast<std::uint32_t>(random() % most); };
  std::vector<std::string> stages(1 + below(6), "stage");
  std::vector<GraphJob> jobs;
  for (std::uint32_t stage = 0; stage < stages.size(); ++stage) {
    for (std::uint32_t left = below(6); left > 0; --left) {
      GraphJob made = job("job " + std::to_string(jobs.size()), stage);
      for (std::uint32_t need = 0; need < jobs.size(); ++need) {
        if (below(4) == 0) made.needs.push_back(need);
      }
      made.allow_failure = below(2) == 0;
      jobs.push_back(std::move(made));
    }
  }
  for (std::uint32_t left = below(4); left > 0; --left) {
    jobs.push_back(job("left out", below(static_cast<std::uint32_t>(stages.size()))));
    jobs.back().left_out = true;
  }
  return graph_with(std::move(jobs), std::move(stages));
}

TEST(GraphLayout, KeepsArrowsOffBoxes) {
  std::mt19937 random(7);
  for (int round = 0; round < 40; ++round) expect_readable(random_graph(random));
}

TEST(GraphLayout, GivesAStageAColumnForEachStepInsideIt) {
  const Graph graph = graph_with({job("a", 0), job("b", 0, {0}), job("c", 0, {1, 0}), job("d", 0)}, {"one"});
  const report::Layout layout = report::lay_out(graph);
  EXPECT_LT(layout.jobs[0].box.x, layout.jobs[1].box.x);
  EXPECT_LT(layout.jobs[1].box.x, layout.jobs[2].box.x);
  EXPECT_EQ(layout.jobs[0].box.x, layout.jobs[3].box.x);
}

TEST(GraphLayout, PutsJobsBesideWhatTheyNeed) {
  const Graph graph = graph_with({job("a", 0), job("b", 0), job("of b", 1, {1}), job("of a", 1, {0})}, {"one", "two"});
  const report::Layout layout = report::lay_out(graph);
  EXPECT_EQ(layout.jobs[0].box.y, layout.jobs[3].box.y);
  EXPECT_EQ(layout.jobs[1].box.y, layout.jobs[2].box.y);
}

// A graph that no decision makes is drawn all the same.
TEST(GraphLayout, SurvivesCirclesAndNeedsThatLeadBack) {
  const Graph graph =
      graph_with({job("a", 0, {1, 3}), job("b", 0, {0}), job("self", 0, {2}), job("later", 1)}, {"one", "two"});
  EXPECT_EQ(report::lay_out(graph).arrows.size(), 4u);
  EXPECT_TRUE(to_svg(graph).ends_with("</svg>\n"));
}

TEST(GraphLayout, DrawsFarArrowsStraight) {
  std::vector<GraphJob> jobs;
  for (std::uint32_t i = 0; i < 60; ++i)
    jobs.push_back(job(std::to_string(i), 0, i == 0 ? std::vector<std::uint32_t>{} : std::vector{i - 1}));
  jobs.back().needs.push_back(0);
  const report::Layout layout = report::lay_out(graph_with(std::move(jobs), {"one"}));
  EXPECT_EQ(layout.arrows.back().points.size(), 2u);
}

}  // namespace
}  // namespace willrun
