#!/usr/bin/python3
"""Lints real configurations with all that they include, and says how often each check fires.

    count_findings.py WILLRUN CORPUS [--places]      CORPUS: the folder of expected.jsonl, see its README

Fails when a check calls something an error, when one fires in more than half of the configurations, when a
configuration that GitLab accepts is refused, or when `--fix` changes what pipelines have. `--places` also prints each finding with the line that it marks, to be read.
"""
import collections
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

SETTINGS = ".willrun.yml"
TEMPLATES = ".templates-of-the-server"


def cases(corpus):
    """Each case of mode lint that GitLab accepts."""
    expected = {}
    for line in (corpus / "expected.jsonl").read_text().splitlines():
        case = json.loads(line)
        expect = case["expect"]
        expected[case["id"]] = expected[expect["same_as"]] if "same_as" in expect else expect
        if case["mode"] == "lint" and expected[case["id"]]["valid"]:
            yield case


def lay_out(case, corpus, folder):
    """Writes the files of a case, its variant's files over them."""
    def write(path, text):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text)
    overlaid = case.get("overlay_files", [])
    for name in case["files"]:
        if name not in overlaid:
            write(folder / name, (corpus / case["folder"] / name).read_bytes())
    for name in overlaid:
        write(folder / name, (corpus / case["overlay"] / name).read_bytes())
    for name, file in case.get("templates", {}).items():
        write(folder / TEMPLATES / name, (corpus / file).read_bytes())
    write(folder / SETTINGS, f"templates: {TEMPLATES}\n".encode())
    (folder / ".git").mkdir()


def lint(willrun, case, folder):
    done = subprocess.run([willrun, "lint", "--offline", "--edition", "ce", "--json", case["entry"]], cwd=folder,
                          capture_output=True, check=False)
    if done.returncode not in (0, 1):
        raise SystemExit(f"{case['id']}: {done.stderr.decode()}")
    (file,) = json.loads(done.stdout)["files"]
    return file


def decided(willrun, case, folder):
    """The jobs of every usual pipeline."""
    done = subprocess.run([willrun, "dry-run", "--all", "--offline", "--edition", "ce", "--file", case["entry"]], cwd=folder,
                          capture_output=True, check=False)
    return done.stdout


def check_fixes(willrun, case, folder, bad):
    """Safe fixes leave what each usual pipeline has, and nothing to mend."""
    before = decided(willrun, case, folder)
    subprocess.run([willrun, "lint", "--fix", "--offline", "--edition", "ce", case["entry"]], cwd=folder,
                   capture_output=True, check=False)
    file = lint(willrun, case, folder)
    if not file["valid"]:
        bad.append(f"{case['id']}: refused after --fix: {file['errors']}")
    if any(one["fix"] and one["fix"]["kind"] == "safe" for one in file["findings"]):
        bad.append(f"{case['id']}: --fix leaves something to mend")
    if decided(willrun, case, folder) != before:
        bad.append(f"{case['id']}: other pipelines after --fix")


def line_of(folder, place):
    lines = (folder / place["file"]).read_bytes().decode("utf-8", "replace").splitlines()
    return lines[place["line"] - 1].strip() if place["line"] <= len(lines) else ""


def main():
    willrun, corpus = os.path.abspath(sys.argv[1]), Path(sys.argv[2])
    places = "--places" in sys.argv[3:]
    bad = []
    files, fixed, hits, count = 0, 0, collections.Counter(), collections.Counter()
    for case in cases(corpus):
        files += 1
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            lay_out(case, corpus, folder)
            file = lint(willrun, case, folder)
            if not file["valid"]:
                bad.append(f"{case['id']}: refused: {file['errors']}")
            kinds = [(one["code"], one["name"], one["severity"]) for one in file["findings"]]
            count.update(kinds)
            hits.update(set(kinds))
            for one in file["findings"] if places else []:
                print(f"{one['code']} {case['id']} {one['place']['file']}:{one['place']['line']}: {one['message']}")
                print(f"      {line_of(folder, one['place'])}")
            if any(one["fix"] and one["fix"]["kind"] == "safe" for one in file["findings"]):
                fixed += 1
                check_fixes(willrun, case, folder, bad)
    for kind in sorted(hits):
        code, name, severity = kind
        print(f"{code} {name:24} {severity:8} {count[kind]:5} places {hits[kind]:3} of {files} files")
        if severity == "error":
            bad.append(f"{code}: a check calls it an error, and GitLab accepts it")
        if code.startswith("WR6") and 2 * hits[kind] > files:
            bad.append(f"{code}: fires in more than half of the files")
    print(f"{fixed} of {files} files had something that --fix mends")
    for line in bad:
        print(line)
    return 1 if bad or files == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
