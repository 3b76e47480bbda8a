// Which scripts PowerShell or cmd run. The configuration does not say it, the runner does, so signs have to do.
#pragma once

#include <string_view>

namespace willrun::lint {

// Whether a tag or an image is of Windows or of PowerShell.
bool names_windows(std::string_view name);

// Whether a command uses what only PowerShell or cmd has: `$env:PATH`, `Get-ChildItem`, `$LASTEXITCODE`; `%PATH%`,
// `if exist`. One that calls `powershell -Command "..."` in a shell counts too.
bool is_windows_command(std::string_view command);

}  // namespace willrun::lint
