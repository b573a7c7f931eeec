// YAML that cannot be read, and YAML that nobody can have meant.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { Files } from "./program.js";

const files = new Files();
test.after(() => files.remove());

const NODE = "apiVersion: v1\nkind: Node\nmetadata: {name: n1}\n";
const NOTHING = "0 pods, 1 node: nothing to evaluate\n";

test("an unreadable document of a kind that is not read is skipped and counted, with its line", async () => {
  const text = `${NODE}---\napiVersion: v1\nkind: ConfigMap\ndata:\n  a: "b\n---\nkind: 'Secret' # c\ndata: {a: b\n`;
  assert.equal(await files.check("mixed.yaml", text), {
    status: 0,
    stdout: NOTHING,
    stderr:
      "topomatch: mixed.yaml: document 2: line 9: a quote, bracket, comma, colon or blank is missing; skipped, because no " +
      "object of kind ConfigMap is looked at\n" +
      "topomatch: mixed.yaml: document 3: line 12: the indentation does not fit, or a bracket is missing; skipped, because " +
      "no object of kind Secret is looked at\n" +
      "topomatch: skipped 1 object of unknown kind ConfigMap\n" +
      "topomatch: skipped 1 object of unknown kind Secret\n",
  });
});

test("an unreadable document of a kind that is read, or that may be, ends the run", async () => {
  const heads = {
    "kind: Pod\napiVersion: v1": true,
    "kind: List": true,
    "kind: ConfigMapList": true,
    "metadata:\n  kind: ConfigMap": true,
    "kind: ConfigMap\nkind: Pod": true,
    "kind: {{ .Kind }}": true,
    "data: x": true,
    "kind: Pod\napiVersion: example.com/v1": false,
    "kind: ConfigMap\r": false,
  };
  for (const [head, isFault] of Object.entries(heads)) {
    const { status, stderr } = await files.check("a.yaml", `${NODE}---\n${head}\nx: "y\n`);
    assert.is(status, isFault ? 2 : 0, head);
    const line = 6 + head.split("\n").length;
    assert.match(stderr, new RegExp(`^topomatch: a.yaml: document 2: line ${line}: a quote`), head);
  }
});

test("a workload that cannot be read ends the run in manifests mode alone", async () => {
  const text = `${NODE}---\napiVersion: apps/v1\nkind: Deployment\nspec: {a: b\n`;
  assert.is((await files.check("d.yaml", text)).status, 0);
  assert.is((await files.check("d.yaml", text, "--mode", "manifests")).status, 2);
});

test("lines that go on further left count for the lines of faults behind them", async () => {
  const text = `${NODE}  # c\nspec: ["a\nb",\nc]\nstatus: {x: *y}\n`;
  const { status, stderr } = await files.check("a.yaml", text);
  assert.is(status, 2);
  assert.is(stderr, "topomatch: a.yaml: document 1: line 8: an alias names no anchor\n");
});

test("a field that is written twice is said with its path and line, and refused with --strict", async () => {
  const text = `---\n${NODE}spec:\n  taints:\n    - {key: a, effect: x, key: b}\n  podCIDR: a\n  podCIDR: b\n`;
  const said =
    "topomatch: a.yaml: document 1: line 7: spec.taints[0].key is written twice; the later one counts\n" +
    "topomatch: a.yaml: document 1: line 9: spec.podCIDR is written twice; the later one counts\n";
  assert.equal(await files.check("a.yaml", text), { status: 0, stdout: NOTHING, stderr: said });
  assert.equal(await files.check("a.yaml", text, "--strict"), {
    status: 2,
    stdout: "",
    stderr: `${said}topomatch: --strict refuses what 2 lines above say\n`,
  });
});

test("what nobody looks at may say things twice, and a merged field may be written again", async () => {
  const text = `${NODE}---\nkind: ConfigMap\na: b\na: c\n---\nkind: Node\nmetadata:\n  name: n2\n  labels: &l {a: b}\n  annotations: {<<: *l, a: c}\n`;
  const { status, stderr } = await files.check("a.yaml", text, "--strict");
  assert.is(stderr, "topomatch: skipped 1 object of unknown kind ConfigMap\n");
  assert.is(status, 0);
});

test("aliases are repeated as often as kubectl repeats them, and say nothing twice", async () => {
  const node = async (extra: string) => (await files.check("a.yaml", `${NODE}extra: ${extra}\n`)).stderr;
  assert.match(await node("&a {b: *a}"), /: line 4: an alias stands inside what it names\n$/);
  assert.match(await node("[&a {c: d, c: e}, *a, *a]"), /^[^\n]*: line 4: extra\[0\]\.c is written twice[^\n]*\n$/);
  const doubled = Array.from({ length: 24 }, (_, i) => `&x${i + 1} [*x${i}, *x${i}]`).join(", ");
  assert.match(await node(`[&x0 a, ${doubled}]`), /: line 4: aliases multiply without bounds\n$/);
});

test("long texts that go on further left are read in one go", async () => {
  const lines = (count: number, line: string) => `${line}\n`.repeat(count);
  const block = `  annotations:\n    a: |\n${lines(20_000, "      it's \"")}    b: '\n${lines(20_000, "it''s")}'\n`;
  const { status, stderr } = await files.check("a.yaml", `apiVersion: v1\nkind: Node\nmetadata:\n  name: n1\n${block}`);
  assert.is(stderr, "");
  assert.is(status, 0);
});

test.run();
