#!/usr/bin/python3
"""Holds what `willrun lint` prints for other programs against the schemas and rules of those formats.

    formats_check.py WILLRUN ROOT      ROOT: the project's folder, with fixtures/, docs/ and tests/

Configurations are the fixtures and texts that try to break a format; each format must be well-formed, agree with the
others, and be the same bytes for the same files.
"""
import json
import os
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
from pathlib import Path
from urllib.parse import unquote, urlsplit

import jsonschema

ODD = {
    "a b,c:%.yml": b"job:\n  script: x\n  rules:\n    - if: $CI_COMIT_TAG # caf\xc3\xa9\n",
    "umlaut ä.yml": "jöb:\n  script: [\"a\\u0001\", '😀', x\n".encode(),
    "bytes.yml": b"job: \xff\xfe\n",
    "control.yml": b"job:\n  script: \x1b[31mx\n",
    "mark.yml": b"\xef\xbb\xbfvariables: {A: 0644}\r\njob:\r\n  script: x\r\n",
    "percent.yml": b"job:\n  script: x\n  rules:\n    - if: $X =~ \"%0A::error::,:%\"\n",
    "moves.yml": b"image: a\njob: {script: x}\ncache: {paths: [b]}\n",
    "includes.yml": b"include: [{local: bad.yml}]\njob: {script: x}\n",
    "bad.yml": b"job:\n  script: [x\n",
    "empty.yml": b"",
    "clean.yml": b"job: {script: make}\n",
}
MISSING = ["none.yml", "folder"]
SEVERITIES = {"error": "critical", "warning": "minor", "note": "info"}

problems = []


def expect(holds, text):
    if not holds:
        problems.append(text)


def run(willrun, folder, files, form):
    done = subprocess.run([willrun, "lint", "--format", form, *files], cwd=folder, capture_output=True, check=False)
    expect(done.returncode in (0, 1, 3), f"{form}: exit code {done.returncode}: {done.stderr.decode()}")
    return done.stdout


def validate(schema, value, what):
    validator = jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())
    for error in list(validator.iter_errors(value))[:5]:
        problems.append(f"{what}: {error.json_path}: {error.message[:300]}")


def check_uri(uri, what):
    expect(re.fullmatch(r"[A-Za-z0-9\-._~/!$&'()*+,;=@:%]*", uri), f"{what}: `{uri}` has characters that no URI has")
    expect(not re.search(r"%(?![0-9A-F]{2})", uri), f"{what}: `{uri}` has a bare %")


def check_sarif(log, files, json_files):
    (one,) = log["runs"]
    expect(one["columnKind"] == "unicodeCodePoints", "sarif: columns")
    rules = one["tool"]["driver"]["rules"]
    expect(len({rule["id"] for rule in rules}) == len(rules), "sarif: a rule is there twice")
    for rule in rules:
        expect(rule["defaultConfiguration"]["level"] in ("error", "warning", "note"), f"sarif: level of {rule['id']}")
        expect(rule["shortDescription"]["text"].endswith("."), f"sarif: description of {rule['id']} is no sentence")
        check_uri(rule["helpUri"], "sarif")
        expect(urlsplit(rule["helpUri"]).scheme == "https", f"sarif: help page of {rule['id']}")
    findings = [(file, found) for file in json_files for found in file.get("findings", [])]
    expect(len(findings) == len(one["results"]), "sarif: as many results as findings")
    for (file, found), result in zip(findings, one["results"]):
        expect(rules[result["ruleIndex"]]["id"] == result["ruleId"] == found["code"], f"sarif: rule of {found['code']}")
        expect(len(result.get("relatedLocations", [])) == len(found["labels"]), "sarif: labels")
        expect(("fixes" in result) == (found["fix"] is not None), "sarif: fixes")
        physical = result["locations"][0]["physicalLocation"]
        name = found["place"]["file"] if found["place"] else file["path"]
        expect(unquote(physical["artifactLocation"]["uri"]) == name, f"sarif: {physical} is not {name}")
        expect(physical["artifactLocation"]["uriBaseId"] in one["originalUriBaseIds"], "sarif: base of a name")
        check_uri(physical["artifactLocation"]["uri"], "sarif")
        if found["place"]:
            region = physical["region"]
            place = found["place"]
            expect([region["startLine"], region["startColumn"], region["endLine"], region["endColumn"]]
                   == [place["line"], place["column"], place["end_line"], place["end_column"]], "sarif: region")
    fingerprints = [result["partialFingerprints"]["willrun/v1"] for result in one["results"]]
    expect(len(set(fingerprints)) == len(fingerprints), "sarif: equal fingerprints")
    unread = [file for file in json_files if file["failure"]]
    (invocation,) = one["invocations"]
    expect(invocation["executionSuccessful"] == (not unread), "sarif: executionSuccessful")
    expect(len(invocation["toolExecutionNotifications"]) == len(unread), "sarif: a notification for each unread file")


def check_code_quality(issues, json_files):
    expected = []
    for file in json_files:
        if file["failure"]:
            expected.append(("unreadable", "critical", file["path"], 1))
        for found in file.get("findings", []):
            place = found["place"] or {"file": file["path"], "line": 1}
            expected.append((found["name"], SEVERITIES[found["severity"]], place["file"], place["line"]))
    got = [(one["check_name"], one["severity"], one["location"]["path"], one["location"]["lines"]["begin"])
           for one in issues]
    expect(got == expected, f"codequality: {got} is not {expected}")
    expect(all(one["description"] for one in issues), "codequality: a description is empty")
    expect(len({one["fingerprint"] for one in issues}) == len(issues), "codequality: equal fingerprints")


def check_junit(text, json_files):
    root = ElementTree.fromstring(text)
    suites = root.findall("testsuite")
    expect([suite.get("name") for suite in suites if suite.get("name").isascii()]
           == [file["path"] for file in json_files if file["path"].isascii()], "junit: a suite for each file")
    for one, cases in [(root, root.findall(".//testcase")), *[(suite, suite.findall("testcase")) for suite in suites]]:
        expect(int(one.get("tests")) == len(cases), "junit: tests")
        expect(int(one.get("failures")) == sum(case.find("failure") is not None for case in cases), "junit: failures")
        expect(int(one.get("errors")) == sum(case.find("error") is not None for case in cases), "junit: errors")
    failures = sum(found["severity"] != "note" for file in json_files for found in file.get("findings", []))
    expect(int(root.get("failures")) == failures, "junit: a failure for each finding that is no note")


def unescape(text):
    for escape, meant in (("%3A", ":"), ("%2C", ","), ("%0A", "\n"), ("%0D", "\r"), ("%25", "%")):
        text = text.replace(escape, meant)
    return text


def check_github(text, json_files):
    findings = [(file, found) for file in json_files for found in file.get("findings", [])]
    unread = [file for file in json_files if file["failure"]]
    lines = text.split("\n")
    expect(lines.pop() == "" and len(lines) == len(findings) + len(unread), "github: a line for each finding")
    names = set()
    for line in lines:
        found = re.fullmatch(r"::(error|warning|notice) ((?:\w+=[^,:\n]*,?)+)::(.*)", line)
        expect(found, f"github: `{line}` is no command")
        if not found:
            continue
        properties = dict(pair.split("=", 1) for pair in found[2].split(","))
        names.add(unescape(properties["file"]))
        expect(not re.search(r"%(?!25|0A|0D)", found[3]), f"github: `{found[3]}` has a bare %")
    shown = {(found["place"] or {"file": file["path"]})["file"] for file, found in findings}
    expect(names == shown | {file["path"] for file in unread}, f"github: names of files: {names ^ shown}")


def check(willrun, folder, files, schemas):
    out = {form: run(willrun, folder, files, form) for form in ("json", "sarif", "codequality", "junit", "github")}
    json_files = json.loads(out["json"])["files"]
    expect([file["path"] for file in json_files] == files, "json: files in the order of the command line")
    validate(schemas["lint"], json.loads(out["json"]), "json")
    log = json.loads(out["sarif"])
    validate(schemas["sarif"], log, "sarif")
    check_sarif(log, files, json_files)
    validate(schemas["codequality"], json.loads(out["codequality"]), "codequality")
    check_code_quality(json.loads(out["codequality"]), json_files)
    check_junit(out["junit"], json_files)
    check_github(out["github"].decode(), json_files)
    for form, text in out.items():
        expect(text == run(willrun, folder, files, form), f"{form}: the second run prints something else")
    return log


def fingerprints(log):
    return [result["partialFingerprints"]["willrun/v1"] for result in log["runs"][0]["results"]]


def write(folder, files):
    for name, text in files:
        (folder / name).write_bytes(text)


CODE_QUALITY = {  # GitLab's documentation of Code Quality, "Code Quality report format"
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "location", "severity"],
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string", "minLength": 1},
            "fingerprint": {"type": "string", "pattern": "^[0-9a-f]+$"},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "properties": {
                    "path": {"type": "string", "pattern": "^(?!\\./)"},
                    "lines": {"type": "object", "required": ["begin"],
                              "properties": {"begin": {"type": "integer", "minimum": 1}}},
                },
            },
        },
    },
}


def main():
    willrun, root = os.path.abspath(sys.argv[1]), Path(sys.argv[2]).resolve()
    schemas = {"lint": json.loads((root / "docs/lint.schema.json").read_text()),
               "sarif": json.loads((root / "tests/report/schemas/sarif-2.1.0.json").read_text()),
               "codequality": CODE_QUALITY}
    for schema in schemas.values():
        jsonschema.Draft202012Validator.check_schema(schema)
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
        first, second = Path(one), Path(other)
        files = [(path.name, path.read_bytes()) for path in sorted((root / "fixtures/checks").glob("*.yml"))]
        files += list(ODD.items())
        names = [name for name, _ in files]
        write(first, files)
        write(second, reversed(files))
        for folder in (first, second):
            (folder / "folder").mkdir()
        log = check(willrun, first, names + MISSING, schemas)
        check(willrun, first, ["clean.yml"], schemas)
        check(willrun, first, MISSING, schemas)
        expect(log == check(willrun, second, names + MISSING, schemas), "sarif: depends on the order of the folder")
        # Findings that only move keep their fingerprints.
        before = fingerprints(check(willrun, first, ["WR604.yml", "WR605.yml"], schemas))
        for name in ("WR604.yml", "WR605.yml"):
            (first / name).write_bytes(b"# moved\n\n" + (first / name).read_bytes())
        expect(before == fingerprints(check(willrun, first, ["WR604.yml", "WR605.yml"], schemas)),
               "sarif: fingerprints change when a finding moves")
    for problem in problems[:40]:
        print(problem)
    print(f"{len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
