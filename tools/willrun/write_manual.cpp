// write-manual FOLDER: writes every manual page into a folder. Run by the build; not installed.
#include <filesystem>
#include <fstream>
#include <iostream>

#include "willrun/manual.hpp"

namespace {

using namespace willrun::cli;

bool write(const std::filesystem::path& file, const std::string& text) {
  std::ofstream out(file, std::ios::binary);
  out << text;
  return static_cast<bool>(out.flush());
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 2) {
    std::cerr << "usage: write-manual FOLDER\n";
    return 2;
  }
  const std::filesystem::path folder = arguments[1];
  std::filesystem::create_directories(folder);
  const std::vector<CommandDescription> commands = describe_commands();
  bool written = write(folder / "willrun.1", manual_overview(commands, WILLRUN_VERSION));
  for (const CommandDescription& command : commands)
    written = write(folder / ("willrun-" + command.name + ".1"), manual_page(command, WILLRUN_VERSION)) && written;
  return written ? 0 : 3;
}
