#!/bin/bash
# Prints how often each check fires on the configurations below a folder, and in how many files: what fires in more than
# half of them is to be reconsidered. Usage: tests/lint/count_findings.sh WILLRUN FOLDER
set -euo pipefail
willrun=$1
folder=$2
mapfile -t files < <(find "$folder" -name '.gitlab-ci.yml' -o -name '*.gitlab-ci.yml' | sort)
"$willrun" lint --offline --json "${files[@]}" > /tmp/willrun-findings.$$ || true
python3 - /tmp/willrun-findings.$$ <<'PYTHON'
import collections, json, sys
files = json.load(open(sys.argv[1]))["files"]
checked = [f for f in files if f.get("valid")]
hits, places = collections.Counter(), collections.Counter()
for f in checked:
    codes = [(d["code"], d["name"], d["severity"]) for d in f["findings"]]
    places.update(codes)
    hits.update(set(codes))
print(f"{len(files)} files, {len(checked)} valid")
for key in sorted(hits):
    print(f"{' '.join(key):45} {places[key]:6} places {hits[key]:5} files {100 * hits[key] // max(1, len(checked)):3} %")
PYTHON
rm -f /tmp/willrun-findings.$$
