// `topomatch lint`: its words, its exit status, and what it prints in each form.

import { suite } from "uvu";
import * as assert from "uvu/assert";
import { LINT_RULES } from "../../lib/lint.js";
import { affinity, NODES, volume, ZONE } from "../lint/cluster.js";
import { list } from "./objects.js";
import type { Outcome } from "./program.js";
import { Files, topomatch } from "./program.js";

const test = suite("lint");
const files = new Files();
test.after(() => files.remove());

const FAULTY = volume("v", affinity([[ZONE, "In", "c"]]));
const ALSO = [volume("u", affinity([[ZONE, "In", "c"]])), volume("w", affinity([[ZONE, "In", "c"]]))];
const ODD = { matchFields: [{ key: "metadata.name", operator: "In", values: ["n1"] }] };
const WARNED = volume("x", { nodeAffinity: { required: { nodeSelectorTerms: [ODD] } } });
const FIELD = "spec.nodeAffinity.required.nodeSelectorTerms[0].matchExpressions[0]";

async function lint(objects: readonly object[], ...argv: string[]): Promise<Outcome> {
  const path = files.write("objects.json", list(...objects));
  const { status, stderr, stdout } = await topomatch(["lint", "-f", path, ...argv]);
  return { status, stderr, stdout: stdout.replaceAll(`${files.folder}/`, "") };
}

test("a finding is told in four lines, objects with the same fault together", async () => {
  const { status, stderr, stdout } = await lint([...NODES, FAULTY, ...ALSO, volume("t", FAULTY.spec), WARNED], "-q");
  assert.is(stderr, "");
  assert.is(status, 1);
  const [first, second] = stdout.split("\n\n");
  assert.equal(first.split("\n"), [
    "error    PersistentVolume t, u, v and 1 more  volume-affinity-no-node",
    `  where  ${FIELD}`,
    `  why    no node has ${ZONE} c; nodes have a and b`,
    "  help   make the volume anew with an affinity that nodes meet (it cannot be changed in place), or label a node so that it does",
  ]);
  assert.match(second, /^warning {2}PersistentVolume x {2}volume-affinity-match-fields\n/);
  assert.match(stdout, /\n\n4 errors, 1 warning\n$/);
});

test("the exit status is 0 without errors, and 2 for what cannot be read or is no rule", async () => {
  assert.is((await lint([...NODES, WARNED])).status, 0);
  const clean = await lint(NODES, "-q");
  assert.equal(clean, { status: 0, stderr: "", stdout: "nothing found\n" });
  const missing = await topomatch(["lint", "-f", `${files.folder}/missing.yaml`]);
  assert.is(missing.status, 2);
  const unknown = await lint(NODES, "--skip", "volume-affinity-no-nod");
  assert.is(unknown.status, 2);
  assert.is(
    unknown.stderr,
    "topomatch: there is no rule volume-affinity-no-nod; did you mean volume-affinity-no-node? (topomatch lint --help says more)\n",
  );
  const format = await lint(NODES, "-o", "xml");
  assert.is(format.status, 2);
  assert.match(format.stderr, /-o must be one of text, json, sarif, junit, but is xml/);
  const nothing = await topomatch(["lint", "--mode", "manifests"]);
  assert.match(nothing.stderr, /^topomatch: --mode manifests needs -f PATH/);
});

test("rules can be left out, and those without objects to look at are said", async () => {
  const { status, stdout } = await lint([...NODES, FAULTY], "--skip", "volume-affinity-no-node", "-q");
  assert.is(status, 0);
  assert.is(stdout, "nothing found\n");
  const { stderr } = await lint([FAULTY]);
  assert.match(
    stderr,
    /^topomatch: the input has no .*, no Node.*: \d+ rules need such objects and had nothing to look at\n$/,
  );
});

test("written objects are settled before they are looked at", async () => {
  const raw = { ...FAULTY, apiVersion: "v1", status: undefined };
  const { status, stdout } = await lint([...NODES, raw], "--mode", "manifests", "-q");
  assert.is(status, 1);
  assert.match(stdout, /volume-affinity-no-node/);
});

test("-o json has every finding with the place where its object was read", async () => {
  const { stdout } = await lint([...NODES, FAULTY], "-o", "json");
  const report = JSON.parse(stdout);
  const [{ source, ...finding }] = report.findings;
  assert.equal(
    { ...report, findings: report.findings.length },
    {
      apiVersion: "topomatch/v1",
      kind: "LintReport",
      kubernetes: "1.37",
      mode: "live",
      findings: 1,
    },
  );
  assert.equal(finding, {
    id: "volume-affinity-no-node",
    severity: "error",
    object: { kind: "PersistentVolume", name: "v" },
    field: FIELD,
    sentence: `no node has ${ZONE} c; nodes have a and b`,
    remedy:
      "make the volume anew with an affinity that nodes meet (it cannot be changed in place), or label a node so that it does",
  });
  assert.equal(source, { file: "objects.json", document: 1, item: "items[2]", line: 1 });
});

test("a document of YAML begins where it first says something", async () => {
  const text = `# nodes\n---\napiVersion: v1\nkind: Node\nmetadata: {name: n1}\n---\n\n# a disk\n${JSON.stringify(FAULTY)}\n`;
  const { stdout } = await topomatch(["lint", "-o", "json", "-f", files.write("a.yaml", text)]);
  const { file, ...source } = JSON.parse(stdout).findings[0].source;
  assert.equal(source, { document: 2, item: "", line: 9 });
});

test("-o sarif is a log of one run whose results name rules, levels, files and lines", async () => {
  const { status, stdout } = await lint([...NODES, FAULTY, WARNED], "-o", "sarif");
  assert.is(status, 1);
  const log = JSON.parse(stdout);
  assert.is(log.version, "2.1.0");
  assert.is(log.runs.length, 1);
  const [{ results, tool }] = log.runs;
  assert.is(tool.driver.name, "topomatch");
  assert.equal(
    tool.driver.rules.map(({ id }: { id: string }) => id),
    LINT_RULES.map(({ id }) => id),
  );
  for (const rule of tool.driver.rules) assert.ok(rule.shortDescription.text.length > 0);
  assert.equal(
    results.map(({ level, ruleId }: { level: string; ruleId: string }) => [level, ruleId]),
    [
      ["error", "volume-affinity-no-node"],
      ["warning", "volume-affinity-match-fields"],
    ],
  );
  for (const { locations, message, partialFingerprints, ruleId, ruleIndex } of results) {
    assert.is(tool.driver.rules[ruleIndex].id, ruleId);
    assert.ok(message.text.length > 0);
    assert.ok(Object.values(partialFingerprints).every((value) => typeof value === "string"));
    const [{ logicalLocations, physicalLocation }] = locations;
    assert.match(physicalLocation.artifactLocation.uri, /^file:\/\/(?:\/.*\/)?objects\.json$/);
    assert.is(physicalLocation.region.startLine, 1);
    assert.match(logicalLocations[0].fullyQualifiedName, /^PersistentVolume [vx] spec\.nodeAffinity/);
  }
  assert.equal(JSON.parse((await lint(NODES, "-o", "sarif")).stdout).runs[0].results, []);
});

/** The elements of XML by name, each with its attributes; throws for what is not well-formed. */
function elementsOf(
  xml: string,
): { readonly name: string; readonly attributes: { readonly [name: string]: string } }[] {
  const elements: { name: string; attributes: { [name: string]: string } }[] = [];
  const open: string[] = [];
  const body = xml.replace(/^<\?xml version="1\.0" encoding="UTF-8"\?>\n/, "");
  // biome-ignore lint/suspicious/noControlCharactersInRegex: XML cannot hold them.
  assert.not.match(body, /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/);
  const markup = /<(\/?)([a-z-]+)((?: [a-z]+="[^"<]*")*)(\/?)>|([^<]+)/g;
  let end = 0;
  for (const found of body.matchAll(markup)) {
    assert.is(found.index, end, `not well-formed: ${body.slice(end, end + 80)}`);
    end += found[0].length;
    const [, closes, name, attributes, empty, text] = found;
    for (const entity of (text ?? attributes).matchAll(/&(\w*;?)/g)) {
      assert.ok(["amp;", "lt;", "gt;", "quot;"].includes(entity[1]), entity[0]);
    }
    if (text !== undefined) continue;
    if (closes === "/") assert.is(open.pop(), name);
    else {
      const values = [...attributes.matchAll(/ ([a-z]+)="([^"]*)"/g)].map(([, key, value]) => [key, value]);
      elements.push({ name, attributes: Object.fromEntries(values) });
      if (empty === "") open.push(name);
    }
  }
  assert.is(end, body.length);
  assert.equal(open, []);
  return elements;
}

test("-o junit has a suite for each rule, in which errors fail and warnings are told", async () => {
  const { status, stdout } = await lint([...NODES, FAULTY, WARNED], "-o", "junit");
  assert.is(status, 1);
  const elements = elementsOf(stdout);
  const named = (name: string) => elements.filter((element) => element.name === name);
  const [root] = named("testsuites");
  const suites = named("testsuite");
  assert.equal(
    suites.map(({ attributes }) => attributes.name),
    LINT_RULES.map(({ id }) => id),
  );
  assert.is(Number(root.attributes.tests), named("testcase").length);
  assert.is(root.attributes.failures, "1");
  assert.is(named("failure").length, 1);
  assert.is(named("system-out").length, 1);
  assert.is(named("failure")[0].attributes.message, `no node has ${ZONE} c; nodes have a and b`);
});

test("nothing in the names of objects can break a line, a log or a document", async () => {
  const name = 'v\n<&"]]>\u0007\u202e\ud800\ufffe](http://x)';
  const evil = volume(name, affinity([[ZONE, "In", 'c"<&>']]));
  const text = await lint([...NODES, evil], "-q");
  assert.is(text.stdout.split("\n").length, 7);
  for (const character of ["\u0007", "\u202e"]) assert.not.ok(text.stdout.includes(character));
  elementsOf((await lint([...NODES, evil], "-o", "junit")).stdout);
  const sarif = JSON.parse((await lint([...NODES, evil], "-o", "sarif")).stdout);
  assert.not.match(sarif.runs[0].results[0].message.text, /\]\(/);
  assert.is(JSON.parse((await lint([...NODES, evil], "-o", "json")).stdout).findings.length, 1);
});

test("colours are those that were asked for", async () => {
  const { stdout } = await lint([...NODES, FAULTY], "--color", "always", "-q");
  assert.ok(stdout.startsWith("\u001b[31merror"));
});

test.run();
