// The lexemes of `rules:if` expressions.
//
// Source: GitLab's documentation "CI/CD job rules: CI/CD variable expressions", and the conformance categories lexeme,
// whitespace, string_quoting, token_limit and regex_escape of expressions.jsonl for what it leaves open.
//
//   expression  = { space } { lexeme { space } } ;                     order of lexemes: lib/expr/parser.hpp
//   lexeme      = "(" | ")" | variable | input | string | pattern | "null" | boolean
//               | "==" | "!=" | "=~" | "!~" | "&&" | "||" | "!" ;
//   variable    = "$" word { word } ;                                  word: ASCII letter, digit or "_"
//   input       = "$[[" { space } "inputs." name { space } "]]" ;      name: words and "-"
//   string      = '"' { any - '"' - LF } '"' | "'" { any - "'" - LF } "'" ;
//   boolean     = ( "true" | "false" ) not followed by a word ;
//   pattern     = "/" body "/" { "i" | "s" | "m" | "U" } ;
//   body        = { unit } "\/"                 only before a further "/"
//               | unit { unit } "/"             only before a further "/"
//               | unit unit { unit } ;
//   unit        = "\/" not followed by "/" | any - "/" ;               any: one character, line breaks included
//
// White space (ASCII only) stands between lexemes and is eaten by no rule of a lexeme; the lexer skips `spaces`.
// `null` has no word boundary: `nulltrue` is two lexemes. A byte over 0x7F counts as a word after `true`: what follows
// would be no lexeme anyway.
#pragma once

#include <tao/pegtl.hpp>

namespace willrun::grammar::expression {

namespace pegtl = tao::pegtl;

struct spaces : pegtl::star<pegtl::space> {};

struct word : pegtl::identifier_other {};
struct variable : pegtl::seq<pegtl::one<'$'>, pegtl::plus<word>> {};

struct input_name : pegtl::plus<pegtl::sor<word, pegtl::one<'-'>>> {};
struct input : pegtl::seq<pegtl::string<'$', '[', '['>, spaces, pegtl::string<'i', 'n', 'p', 'u', 't', 's', '.'>,
                          input_name, spaces, pegtl::string<']', ']'>> {};

struct double_quoted : pegtl::seq<pegtl::one<'"'>, pegtl::star<pegtl::not_one<'"', '\n'>>, pegtl::one<'"'>> {};
struct single_quoted : pegtl::seq<pegtl::one<'\''>, pegtl::star<pegtl::not_one<'\'', '\n'>>, pegtl::one<'\''>> {};
struct string : pegtl::sor<double_quoted, single_quoted> {};

struct null : pegtl::string<'n', 'u', 'l', 'l'> {};
struct word_end : pegtl::not_at<pegtl::sor<word, pegtl::ranges<char(-128), char(-1)>>> {};
struct boolean
    : pegtl::seq<pegtl::sor<pegtl::string<'t', 'r', 'u', 'e'>, pegtl::string<'f', 'a', 'l', 's', 'e'>>, word_end> {};

struct slash : pegtl::one<'/'> {};
struct escaped_slash : pegtl::string<'\\', '/'> {};
// A character; a byte that is not UTF-8 counts as one.
struct not_slash : pegtl::sor<pegtl::utf8::not_one<'/'>, pegtl::not_one<'/'>> {};
struct unit
    : pegtl::if_then_else<pegtl::at<escaped_slash>, pegtl::seq<escaped_slash, pegtl::not_at<slash>>, not_slash> {};
struct flags : pegtl::star<pegtl::one<'i', 's', 'm', 'U'>> {};
// `//` ends the body with a slash of its own; one `/` ends it when at least two units stand before.
struct body_end : pegtl::sor<pegtl::seq<escaped_slash, slash>, pegtl::seq<slash, slash>, slash> {};
struct single_unit_body : pegtl::seq<unit, slash, slash> {};
struct long_body : pegtl::seq<unit, unit, pegtl::star<unit>, body_end> {};
struct escaped_body : pegtl::seq<pegtl::opt<unit>, escaped_slash, slash> {};
struct pattern : pegtl::seq<slash, pegtl::sor<long_body, single_unit_body, escaped_body>, flags> {};

struct parenthesis_open : pegtl::one<'('> {};
struct parenthesis_close : pegtl::one<')'> {};
struct equals : pegtl::string<'=', '='> {};
struct matches : pegtl::string<'=', '~'> {};
struct not_equals : pegtl::string<'!', '='> {};
struct not_matches : pegtl::string<'!', '~'> {};
struct logical_and : pegtl::string<'&', '&'> {};
struct logical_or : pegtl::string<'|', '|'> {};
struct logical_not : pegtl::one<'!'> {};

struct lexeme : pegtl::sor<variable, input, string, equals, logical_and, logical_or, matches, pattern, parenthesis_open,
                           parenthesis_close, not_equals, not_matches, logical_not, boolean, null> {};

}  // namespace willrun::grammar::expression
