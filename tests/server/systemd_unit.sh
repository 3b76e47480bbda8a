#!/bin/bash
# systemd_unit.sh UNIT WILLRUN: systemd understands the unit, and finds little that the service could do beyond its work.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
sed "s|^ExecStart=[^ ]*|ExecStart=$(realpath "$2")|" "$1" > "$work/willrun.service"
found=$(systemd-analyze verify --man=no "$work/willrun.service" 2>&1)
[[ -z $found ]] || { echo "$found" >&2; exit 1; }
systemd-analyze security --offline=true --no-pager --threshold=15 "$work/willrun.service"
