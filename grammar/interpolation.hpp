// Interpolation blocks, `$[[ inputs.name | truncate(0,8) ]]`: where they stand in a text, and what stands in them.
//
//   block    = "$[[" , ws , data , ws , "]]" ;
//   data     = solid , { character - newline } , solid ;   (* the shortest that fits; so `$[[ a ]]` is no block *)
//   pieces   = piece , { "|" , piece } ;                    (* the first is the access, each other one a function *)
//   indexed  = key , index , { index } ;                    (* a part of an access that holds a bracket *)
//   key      = { word } ;      index = "[" , digits , "]" ;
//   truncate = "truncate(" , ws , digits , ws , "," , ws , digits , ws , [ ")" ] ;
//   ws       = { space } ;     solid = character - space ;  word = letter | digit | "_" ;  (* ASCII *)
//
// Source: documentation of CI/CD inputs, and the conformance categories block_syntax, functions and array_index. White
// space is ASCII and may hold newlines, which data may not. Who parses a piece, an indexed part or a function's text
// has taken the white space around it away; nothing here skips any by itself.
#pragma once

#include <tao/pegtl.hpp>

namespace willrun::grammar::interpolation {

using namespace tao::pegtl;

struct space : one<' ', '\t', '\n', '\v', '\f', '\r'> {};
struct ws : star<space> {};
// A byte that is not UTF-8 counts as one character.
struct character : sor<utf8::any, any> {};
struct solid : seq<not_at<space>, character> {};
struct inner : seq<not_at<one<'\n'>>, character> {};

struct open : string<'$', '[', '['> {};
struct close : seq<ws, string<']', ']'>> {};
struct last : seq<solid, at<close>> {};
struct data : seq<solid, star<not_at<last>, inner>, last> {};
struct block : seq<open, ws, data, close> {};

struct piece : star<not_one<'|'>> {};
struct bar : one<'|'> {};
struct pieces : seq<piece, star<bar, piece>, eof> {};

struct digits : plus<digit> {};
struct key : star<identifier_other> {};
struct index : digits {};
struct indexed : seq<key, plus<one<'['>, index, one<']'>>, eof> {};

struct offset : digits {};
struct length : digits {};
struct comma : seq<ws, one<','>, ws> {};
struct truncate : seq<TAO_PEGTL_STRING("truncate("), ws, offset, comma, length, ws, opt<one<')'>>, eof> {};

}  // namespace willrun::grammar::interpolation
