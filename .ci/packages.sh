# For ./run and ./test: looks for what must be there, names the Debian packages that are missing and installs them.

missing=()

stop() { printf '%s\n' "$*" >&2; exit 1; }

need() { # need <path> <package>: a path or glob that the package brings
  compgen -G "$1" > /dev/null || missing+=("$2")
}

command -v dotnet > /dev/null || stop "The .NET 10 SDK is missing: see CONTRIBUTING.md."
command -v node > /dev/null && command -v npm > /dev/null || stop "Node.js 20 or newer with npm is missing: see CONTRIBUTING.md."
# .NET does not start without it, and its archive does not bring it
[[ $(dotnet --version 2>&1) != *libicu* ]] || missing+=(libicu)

# in a shell of its own: its trap must not wait for the end of a server
install_missing() (
  ((${#missing[@]})) || exit 0
  printf 'Installing what is missing: %s\n' "${missing[*]}"
  command -v apt-get > /dev/null || stop "Missing: ${missing[*]}. Install them; this is done for you on Debian and Ubuntu only."
  sudo=
  if ((EUID)); then
    sudo=sudo
    command -v sudo > /dev/null || stop "Missing: ${missing[*]}. Install them as root: apt-get install ${missing[*]}"
  fi
  apt() { $sudo env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=300 "$@" > /dev/null; }
  apt update
  # the library's name carries its version
  icu=$(apt-cache --names-only search '^libicu[0-9]+$' | awk 'NR==1 { print $1 }')
  missing=("${missing[@]/#libicu/${icu:-libicu72}}")
  # installing a server must not start it: the tests start their own
  policy=/usr/sbin/policy-rc.d
  if [[ ! -e $policy ]]; then
    trap '$sudo rm -f "$policy"' EXIT
    printf '#!/bin/sh\nexit 101\n' | $sudo tee "$policy" > /dev/null
    $sudo chmod +x "$policy"
  fi
  apt install -y --no-install-recommends "${missing[@]}"
)
