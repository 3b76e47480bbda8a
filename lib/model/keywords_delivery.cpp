// Tables of what leaves the pipeline: environments, releases, pages.
#include <array>

#include "model/checks.hpp"
#include "model/entries.hpp"

namespace willrun::model {

namespace {

using enum Check;

// environment -------------------------------------------------------------------------------------------------------

constexpr std::string_view kNameMessage =
    "can contain only letters, digits, '-', '_', '/', '$', '{', '}', '.', and spaces, but it cannot start or end with "
    "'/'";

constexpr std::array kKubernetesKeys = {Keyword{"namespace"}, Keyword{"agent"}, Keyword{"flux_resource_path"},
                                        Keyword{"managed_resources"}, Keyword{"dashboard"}};
constexpr std::array kKubernetesRows = {
    Validation{"", hash},
    Validation{"", present},
    Validation{"", known_keys},
    Validation{"namespace", string},
    Validation{"agent", string},
    Validation{"flux_resource_path", string},
    Validation{"managed_resources", hash},
    Validation{"dashboard", hash},
};
constexpr Entry kKubernetes{.name = "kubernetes", .validations = kKubernetesRows, .keywords = kKubernetesKeys};

constexpr std::array kEnvironmentKeys = {
    Keyword{"kubernetes", &kKubernetes},
    Keyword{"name"},
    Keyword{"url"},
    Keyword{"action"},
    Keyword{"on_stop"},
    Keyword{"auto_stop_in"},
    Keyword{"deployment_tier"},
};
constexpr std::array kEnvironmentRows = {
    Validation{"", hash_or_string},
    Validation{"name", present, {}, nullptr, true},
    Validation{.attribute = "name", .check = string, .judges_null = true, .message = kNameMessage},
    Validation{.attribute = "name", .check = environment_name, .judges_null = true, .message = kNameMessage},
    Validation{"", known_keys, {}, is_map},
    Validation{"url", string, {}, is_map},
    Validation{"url", longest, "255", is_map},
    Validation{"action", string, {}, is_map},
    Validation{.attribute = "action",
               .check = one_of,
               .argument = "start|stop|prepare|verify|access",
               .applies = is_map,
               .message = "should be start, stop, prepare, verify, or access"},
    Validation{"deployment_tier", string, {}, is_map},
    Validation{"on_stop", string, {}, is_map},
    Validation{"auto_stop_in", string, {}, is_map},
};

// release -----------------------------------------------------------------------------------------------------------

constexpr std::array kAssetsKeys = {Keyword{"links"}};
constexpr std::array kAssetsRows = {
    Validation{"", known_keys},
    Validation{"links", hashes, {}, nullptr, true},
    Validation{"links", present, {}, nullptr, true},
};
constexpr Entry kAssets{.name = "assets", .validations = kAssetsRows, .keywords = kAssetsKeys};

constexpr std::array kReleaseKeys = {
    Keyword{"assets", &kAssets}, Keyword{"tag_name"}, Keyword{"tag_message"}, Keyword{"name"},
    Keyword{"description"},      Keyword{"ref"},      Keyword{"milestones"},  Keyword{"released_at"},
};
constexpr std::array kReleaseRows = {
    Validation{"", hash},
    Validation{"", known_keys},
    Validation{"tag_name", string, {}, nullptr, true},
    Validation{"tag_name", present, {}, nullptr, true},
    Validation{"tag_message", string},
    Validation{"description", string, {}, nullptr, true},
    Validation{"description", present, {}, nullptr, true},
    Validation{"milestones", string_or_strings},
    Validation{"released_at", date_time},
};

// pages -------------------------------------------------------------------------------------------------------------

constexpr std::array kPagesKeys = {Keyword{"path_prefix", nullptr, Edition::ee}, Keyword{"expire_in"},
                                   Keyword{"publish"}};
constexpr std::array kPagesRows = {
    Validation{"", hash_or_boolean},
    Validation{"", known_keys, {}, is_map},
    Validation{"publish", string, {}, is_map},
    Validation{"path_prefix", string, {}, is_map},
    Validation{"expire_in", duration_or_never, {}, is_map},
};

}  // namespace

constexpr Entry kEnvironment{
    .name = "environment", .validations = kEnvironmentRows, .keywords = kEnvironmentKeys, .text_key = "name"};
constexpr Entry kRelease{.name = "release", .validations = kReleaseRows, .keywords = kReleaseKeys};
constexpr Entry kPages{.name = "pages", .validations = kPagesRows, .keywords = kPagesKeys};

}  // namespace willrun::model
