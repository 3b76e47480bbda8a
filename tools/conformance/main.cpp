#include <iostream>

#include "conformance/command.hpp"

int main(int argc, char** argv) { return willrun::conformance::run({argv + 1, argv + argc}, std::cout, std::cerr); }
