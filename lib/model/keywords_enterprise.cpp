// Tables of keywords that only the enterprise edition knows. Source: GitLab's documentation; no case shows them.
#include <array>

#include "model/checks.hpp"
#include "model/entries.hpp"

namespace willrun::model {

namespace {

using enum Check;

constexpr std::array kRunRows = {Validation{"", hashes}};

constexpr std::array kIdentityRows = {Validation{"", string}, Validation{"", one_of, "google_cloud"}};

constexpr std::string_view kStores =
    "vault|azure_key_vault|gcp_secret_manager|aws_secrets_manager|gitlab_secrets_manager|akeyless";
constexpr std::array kSecretKeys = {
    Keyword{"vault"}, Keyword{"azure_key_vault"}, Keyword{"gcp_secret_manager"},     Keyword{"token"},
    Keyword{"file"},  Keyword{"akeyless"},        Keyword{"gitlab_secrets_manager"}, Keyword{"aws_secrets_manager"},
};
constexpr std::array kSecretRows = {
    Validation{"", hash},        Validation{"", known_keys},  Validation{"", exactly_one_key, kStores},
    Validation{"file", boolean}, Validation{"token", string},
};
constexpr Entry kSecret{.name = "secret", .validations = kSecretRows, .keywords = kSecretKeys};
constexpr std::array kSecretsRows = {Validation{"", hash}};

constexpr std::array kDastKeys = {Keyword{"site_profile"}, Keyword{"scanner_profile"}};
constexpr std::array kDastRows = {
    Validation{"", hash},
    Validation{"", known_keys},
    Validation{"site_profile", string},
    Validation{"scanner_profile", string},
};

}  // namespace

constexpr Entry kRun{.name = "run", .validations = kRunRows};
constexpr Entry kIdentity{.name = "identity", .validations = kIdentityRows};
constexpr Entry kSecrets{.name = "secrets", .validations = kSecretsRows, .values = &kSecret};
constexpr Entry kDastConfiguration{.name = "dast_configuration", .validations = kDastRows, .keywords = kDastKeys};

}  // namespace willrun::model
