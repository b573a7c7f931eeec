// The list of rules: what is said of each, and where.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { createMatcherSync, TopologyError } from "../../lib/index.js";
import { LINT_RULES, lint } from "../../lib/lint.js";
import { readText } from "../support/layout.js";
import { affinity, claim, matcherOf, NODES, storageClass, volume, ZONE } from "./cluster.js";

const NAMED = { key: "metadata.name", operator: "In", values: ["n1"] };
const ids = LINT_RULES.map(({ id }) => id);

test("rules are listed by id, each with a sentence", () => {
  assert.ok(ids.length >= 30);
  assert.equal(ids, [...new Set(ids)].sort());
  for (const { id, summary } of LINT_RULES) {
    assert.match(id, /^[a-z]+(-[a-z]+)+$/);
    assert.match(summary, /^[A-Z].*\.$/);
  }
});

test("docs/lint.md has a paragraph for each rule", () => {
  const paragraphs = [...readText("docs/lint.md").matchAll(/^### `([a-z-]+)`\n\n\S/gm)];
  assert.equal(
    paragraphs.map(([, id]) => id),
    ids,
  );
});

test("findings are in order: errors first, then by rule, kind, namespace and name", () => {
  const none = { storageClassName: "none" };
  const objects = [
    storageClass("static", "kubernetes.io/no-provisioner"),
    volume("w", affinity([[ZONE, "In", "c"]])),
    volume("v", affinity([[ZONE, "In", "c"]])),
    claim("a", none, { namespace: "y" }),
    claim("b", none, { namespace: "x" }),
    volume("u", { nodeAffinity: { required: { nodeSelectorTerms: [{ matchFields: [NAMED] }] } } }),
  ];
  const told = lint(matcherOf([...NODES, ...objects])).findings.map(
    ({ object: { name, namespace = "" }, severity }) => `${severity} ${namespace}/${name}`,
  );
  assert.equal(told, ["error x/b", "error y/a", "error /v", "error /w", "warning /u"]);
});

test("only a matcher is looked through, and only rules that there are can be left out", () => {
  const refused = (code: string) => (error: Error) => error instanceof TopologyError && error.code === code;
  assert.throws(() => lint({} as ReturnType<typeof createMatcherSync>), refused("BadArgument"));
  assert.throws(() => lint(createMatcherSync(), { skip: ["none"] }), refused("BadOption"));
  const wrong = (options: unknown) => () => lint(createMatcherSync(), options as { skip: string[] });
  assert.throws(wrong({ skip: [7] }), refused("BadArgument"));
  assert.throws(wrong({ skip: "claim-binding" }), refused("BadArgument"));
  assert.throws(wrong({ skipp: [] }), refused("BadOption"));
  assert.throws(wrong(null), refused("BadOption"));
});

test("how far it is, is told before each rule and at the end, those left out too", () => {
  const told: string[] = [];
  const [skipped] = ids;
  lint(createMatcherSync(), { skip: [skipped], progress: (done, rules) => told.push(`${done}/${rules}`) });
  assert.equal(
    told,
    Array.from({ length: ids.length + 1 }, (_, i) => `${i}/${ids.length}`),
  );
  const wrong = { progress: 1 as unknown as () => void };
  assert.throws(() => lint(createMatcherSync(), wrong), /progress of lint must be a function, but is a number/);
});

test("an overlay is looked through as it shows itself, and what lies below is left as it was", () => {
  const matcher = matcherOf([...NODES, volume("v", affinity([[ZONE, "In", "a"]]))]);
  const overlay = matcher.overlay();
  overlay.nodes.delete("n1");
  assert.equal(
    lint(overlay).findings.map(({ id }) => id),
    ["volume-affinity-no-node"],
  );
  assert.equal(lint(matcher).findings, []);
});

test.run();
