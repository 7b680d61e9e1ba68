// See describe.h.
#include "describe.h"

#include <unistd.h>

#include <cstdint>
#include <cstdio>
#include <cstring>

extern "C" char __executable_start[];

namespace heddle::model {

std::string Describe(const Site& site) {
  // With the folder: a scenario's file is named after the source it is about.
  const char* from = site.file + std::strlen(site.file);
  for (int folders = 0; from > site.file; --from) {
    if (from[-1] == '/' && ++folders == 2) break;
  }
  return from + (":" + std::to_string(site.line));
}

std::string DescribeCode(const void* pc) {
  const std::uintptr_t offset = reinterpret_cast<std::uintptr_t>(pc) -
                                reinterpret_cast<std::uintptr_t>(__executable_start) - 1;
  char command[256];
  std::snprintf(command, sizeof(command), "addr2line -Cfspi -e /proc/%d/exe 0x%llx 2>/dev/null",
                static_cast<int>(getpid()), static_cast<unsigned long long>(offset));
  std::string text;
  if (std::FILE* pipe = popen(command, "r")) {
    char line[512];
    if (std::fgets(line, sizeof(line), pipe) != nullptr)
      text.assign(line, std::strcspn(line, "\n"));
    pclose(pipe);
  }
  if (text.empty()) {
    std::snprintf(command, sizeof(command), "+0x%llx", static_cast<unsigned long long>(offset));
    text = command;
  }
  return text;
}

}  // namespace heddle::model
