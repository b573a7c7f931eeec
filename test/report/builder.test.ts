// Reports: what pods and nodes share a column and a row, and what is said of each.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { explain, remedies } from "../../lib/explain.js";
import { createMatcherSync } from "../../lib/index.js";
import { ReportBuilder } from "../../lib/report/builder.js";
import { Cells } from "../../lib/report/cells.js";
import { describe, spoken } from "../../lib/report/describe.js";
import { Filter } from "../../lib/report/filter.js";
import { groupsOf, rowsOf } from "../../lib/report/rows.js";
import { reportOf, ZONE, zonalMatcher } from "./cluster.js";

const report = reportOf(zonalMatcher());
const cells = new Cells(report);
const groups = groupsOf(report, 0, () => true);
const rows = rowsOf(groups, () => true);

test("pods with the same answers for the same sort of cause share a column, those without a node first", () => {
  const told = report.columns.map(({ fits, members }) => [fits, ...members.map(({ name }) => name)]);
  assert.equal(told, [
    [0, "default/lost"],
    [2, "default/db-0", "default/db-1"],
    [4, "default/free"],
  ]);
});

test("nodes that no column tells apart are one class, side by side, by the key and as people count", () => {
  assert.equal(report.nodes, ["a2", "a10", "b1", "x1"]);
  assert.equal(report.classes, [2, 2]);
  assert.equal(report.keys, [{ key: ZONE, values: ["a", "b"], of: [0, 0, 1, -1] }]);
});

test("rows are the values of a key, those without it last, each with its classes", () => {
  const told = rows.map(({ group, row }) => [group.name, row?.class, row?.nodes ?? group.nodes]);
  assert.equal(told, [
    ["a", undefined, 2],
    ["a", 0, [0, 1]],
    ["b", undefined, 1],
    ["b", 1, [2]],
    ["no such label", undefined, 1],
    ["no such label", 1, [3]],
  ]);
  assert.equal(rowsOf(groups, ({ value }) => value === "b").length, 4);
  const all = groupsOf(report, -1, (node) => node !== 0);
  assert.equal(all, [
    {
      value: undefined,
      name: "all nodes",
      nodes: 3,
      classes: [
        { class: 0, nodes: [1] },
        { class: 1, nodes: [2, 3] },
      ],
    },
  ]);
});

test("a cell has the verdict of its nodes, and the cause with the object and the field", () => {
  const kinds = rows.map(({ row }) => row && report.columns.map((_, i) => cells.part(i, row.class).kind).join(" "));
  assert.equal(kinds, [undefined, "place fits fits", undefined, "place place fits", undefined, "place place fits"]);
  const { title, verdicts, alike } = describe(report, cells, rows[3], 1);
  assert.is(title, "default/db-0 on b1");
  assert.equal(alike, ["default/db-1"]);
  assert.equal(verdicts, [
    {
      kind: "place",
      text: "the volume is elsewhere",
      nodes: 1,
      scheduler: "VolumeBinding: node(s) didn't match PersistentVolume's node affinity",
      causes: [
        {
          text: "volume pv-db-0 of claim default/db-0 is reached only with topology.kubernetes.io/zone=a: 1 node has b, 1 has no such label",
          place: "PersistentVolume pv-db-0: spec.nodeAffinity.required.nodeSelectorTerms[0].matchExpressions[0]",
          nodes: 2,
        },
      ],
    },
  ]);
});

test("the heading of a group counts its nodes by verdict, that of a column tells the scheduler's message", () => {
  const inA = describe(report, cells, rows[0], 1);
  assert.is(inA.title, "default/db-0 on a (2 nodes)");
  assert.equal(
    inA.verdicts.map(({ kind, nodes }) => [kind, nodes]),
    [["fits", 2]],
  );
  const [everywhere] = groupsOf(report, -1, () => true);
  const overall = describe(report, cells, { group: everywhere, row: undefined }, 1);
  assert.equal(overall.verdicts.map(({ kind, nodes }) => [kind, nodes]).sort(), [
    ["fits", 2],
    ["place", 2],
  ]);
  const lost = describe(report, cells, undefined, 0);
  assert.equal(lost.messages, ["0/4 nodes are available: 4 node(s) didn't match PersistentVolume's node affinity."]);
  assert.match(spoken(lost), /^default\/lost\. does not fit, the volume is elsewhere; volume pv-lost/);
  assert.equal(describe(report, cells, rows[1], undefined).alike, ["a10"]);
});

test("a pod that PreFilter rejects, and one in a cluster without nodes, have their cause", () => {
  const matcher = zonalMatcher();
  matcher.pods.upsert({
    metadata: { name: "typo", namespace: "default" },
    spec: { volumes: [{ name: "v", persistentVolumeClaim: { claimName: "db-9" } }] },
  });
  const [, column] = reportOf(matcher).columns;
  assert.is(column.members[0].name, "default/typo");
  assert.equal(
    column.parts.map(({ causes, classes, count, kind }) => ({ causes, classes, count, kind })),
    [{ causes: [0], classes: undefined, count: 4, kind: "claim" }],
  );
  matcher.nodes.replace([]);
  const empty = reportOf(matcher);
  assert.equal(empty.classes, []);
  assert.equal(
    empty.columns.flatMap(({ parts }) => parts),
    [],
  );
  assert.is(empty.columns[0].members[0].causes[0].text, "there are no nodes");
});

test("a word finds names of pods and nodes, values of labels, and otherwise causes", () => {
  const filter = new Filter(report);
  const find = (words: string) => {
    const { columns, isShown } = filter.find(words);
    return { columns, nodes: report.nodes.filter((_, i) => isShown(i)) };
  };
  const every = ["a2", "a10", "b1", "x1"];
  assert.equal(find(""), { columns: [0, 1, 2], nodes: every });
  assert.equal(find("DB-1"), { columns: [1], nodes: every });
  assert.equal(find("x1"), { columns: [0, 1, 2], nodes: ["x1"] });
  assert.equal(find("lost x1"), { columns: [0], nodes: ["x1"] });
  assert.equal(find("zone=z"), { columns: [0], nodes: every });
  assert.equal(find("nobody").columns, []);
  assert.is(filter.find("x1 db-1").memberOf(1), 1);
  assert.is(filter.find("zone=a").memberOf(1), 0);
  assert.is(filter.find("").memberOf(1), 0);
  const told = describe(report, cells, rows[3], 1, 1);
  assert.is(told.title, "default/db-1 on b1");
  assert.match(told.verdicts[0].causes[0].text, /^volume pv-db-1 of claim default\/db-1 /);
  assert.equal(told.alike, ["default/db-0"]);
});

test("pods for which other things help, or that something awaits after the scheduler, have columns of their own", () => {
  const matcher = createMatcherSync({ filters: ["TaintToleration", "VolumeBinding"] });
  const taints = [{ key: "dedicated", value: "gpu", effect: "NoSchedule" }];
  matcher.nodes.upsert({ metadata: { name: "tainted" }, spec: { taints }, status: { allocatable: { pods: "10" } } });
  const local = { metadata: { name: "local" }, provisioner: "kubernetes.io/no-provisioner" };
  matcher.storageClasses.upsert({ ...local, volumeBindingMode: "WaitForFirstConsumer" });
  const resources = { requests: { storage: "1Gi" } };
  const spec = { accessModes: ["ReadWriteOnce"], resources, storageClassName: "local" };
  matcher.persistentVolumeClaims.upsert({ metadata: { name: "none", namespace: "default" }, spec });
  const volumes = [{ name: "v", persistentVolumeClaim: { claimName: "none" } }];
  const builder = new ReportBuilder([{ name: "tainted", labels: {} }]);
  // All of them are rejected for the taint, which is in the way of two; the third has no volume there either.
  for (const name of ["stuck", "web-0", "web-1"]) {
    matcher.pods.upsert({
      metadata: { name, namespace: "default" },
      spec: { containers: [{ name: "c" }], ...(name === "stuck" && { volumes }) },
    });
    const told = explain(matcher, `default/${name}`);
    builder.add(name, { ...told, claims: [] }, remedies(matcher, `default/${name}`, told));
  }
  builder.add("untried", explain(matcher, "default/web-0"));
  const bypassed = { code: "NeverBound", claim: "default/c", object: { kind: "Pod", name: "default/p" } } as const;
  const afterwards = [{ ...bypassed, path: "spec.nodeName", nodes: 1, message: "nobody will bind claim default/c" }];
  builder.add("later", { ...explain(matcher, "default/web-0"), afterwards });
  const { columns } = builder.build({ version: "", kubernetes: "1.37", made: "", subject: "pods" }, [], -1, []);
  const told = columns.map(({ members }) => members.map((one) => `${one.name} ${one.remedies?.length ?? 0}`));
  assert.equal(told, [["stuck 0", "untried 0"], ["web-0 2", "web-1 2"], ["later 0"]]);
});

test.run();
