// Options of loading: edition, reader and every limit, with GitLab's values as defaults.
#pragma once

#include <cstdint>

namespace willrun {

// Which GitLab answers. `ee` is what gitlab.com runs; `ce` refuses the keywords that only the enterprise edition has.
enum class Edition : std::uint8_t { ee, ce };

// Which library scans YAML. Both give the same tree and the same errors; libyaml is about seven times faster.
enum class YamlReader : std::uint8_t { yaml_cpp, libyaml };

// Every limit of the library. The defaults are GitLab's (application settings and constants of 18.11) unless the
// comment says that the limit is our own.
struct Limits {
  std::uint32_t yaml_bytes = 2'097'152;         // one text, in bytes
  std::uint32_t yaml_depth = 100;               // nesting of lists and maps, counting the root
  std::uint32_t yaml_object_bytes = 2'097'152;  // the parsed text in Ruby object sizes; each use of an alias counts
  std::uint32_t scan_depth = 1'000;         // our own: nesting at which reading stops, since libyaml is quadratic in it
  std::uint32_t yaml_cpp_depth = 400;       // our own: deeper text is read by libyaml, since yaml-cpp fails near 500
  std::uint32_t yaml_events = 600'000;      // our own: values, starts and ends of collections in one document
  std::uint32_t yaml_cpp_events = 100'000;  // our own: a document with more is read by libyaml, yaml-cpp takes seconds
  std::uint32_t expression_tokens = 100;    // a rules:if expression must have fewer
  std::uint32_t expression_depth =
      64;                            // our own: operands in operands; 100 tokens reach about 25, over 64 counts as 64
  std::uint32_t input_options = 50;  // entries of spec:inputs:NAME:options
  std::uint32_t interpolation_blocks = 10'000;         // distinct $[[ ]] blocks of a file
  std::uint32_t interpolation_functions = 3;           // functions in one block
  std::uint32_t interpolation_node_bytes = 1'048'576;  // one text with blocks in it
  std::uint32_t interpolation_nodes = 500'000;         // nodes visited in one file
  std::uint32_t interpolation_access_bytes = 1'024;    // `inputs.x[0].y` as written
  std::uint32_t interpolation_indexes = 5;             // indexes in a row: `x[0][1]` has two
  std::uint32_t interpolated_bytes = 67'108'864;  // our own: what interpolation puts into a file, and makes on the way
  std::uint32_t json_depth = 1'000;               // our own: nesting of lists and maps in an input's value
  std::uint32_t json_number_digits = 1'000'000;   // our own: digits of a decimal number in JSON when written out
  std::uint32_t includes = 150;                   // files of one configuration, each use counted
  std::uint64_t total_yaml_bytes = 314'572'800;   // texts of all files together
  std::uint32_t extends_depth = 10;               // jobs that extend each other in a row
  std::uint32_t reference_depth = 10;             // nested lists in script, stages and rules
  std::uint32_t glob_bracket_steps = 1'000'000;  // our own: reading steps in all `[..]` of one glob; more match nothing
  std::uint32_t expanded_bytes = 67'108'864;     // our own: all values together after sorting and expanding variables
  std::uint32_t resolve_depth = 2'000;  // our own: collections and references in each other while resolving !reference
  std::uint32_t resolved_nodes = 1'000'000;    // our own: values that a configuration unfolds to by !reference
  std::uint32_t pattern_cache = 1'000;         // our own: compiled patterns kept that came from variables
  std::uint32_t pipeline_inputs = 20;          // inputs of one trigger
  std::uint32_t rule_paths = 50;               // entries of rules:changes and rules:exists
  std::uint32_t pattern_comparisons = 50'000;  // path x glob comparisons; more count as a match
  std::uint32_t name_characters = 255;         // of an expanded workflow:name
  std::uint32_t job_needs = 50;                // needs of one job
  std::uint32_t pipeline_jobs = 0;             // jobs of one pipeline; 0: any number
  std::uint32_t pipeline_deployments = 500;    // jobs that deploy in one pipeline
};

// Which of GitLab's two ways of reading a configuration is meant. They differ in texts and in a few verdicts: pipeline
// creation wraps the file in an include of itself, so errors of YAML and header name the file in front.
enum class LoadMode : std::uint8_t { lint, pipeline };

// How to load. A plain value.
struct LoadOptions {
  LoadMode mode = LoadMode::lint;
  Edition edition = Edition::ee;
  YamlReader yaml_reader = YamlReader::yaml_cpp;
  Limits limits;
};

}  // namespace willrun
