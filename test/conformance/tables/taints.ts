// 20.7, cordons and taints: which of them count.

import { node } from "../build.js";
import { by, type ConformanceCase } from "../case.js";
import { asked, CORDONED, NODE_FILTERS, OK, outcome, TAINTED, tainted } from "../node-filters.js";

const CORDON = "node.kubernetes.io/unschedulable";
const cordoned = node("n1", {}, { unschedulable: true });
const cordonedAndTainted = node("n1", {}, { unschedulable: true, taints: [{ key: CORDON, effect: "NoSchedule" }] });
const free = node("n2");

function tolerating(...tolerations: readonly (object | null)[]): object {
  return { tolerations };
}

/** What a pod with one toleration sees of the cordoned node. */
function cordon(id: string, title: string, toleration: object, verdict: typeof OK | typeof CORDONED): ConformanceCase {
  const rules = ["R-NOD-5", "R-NOD-10"];
  return asked(id, title, rules, [cordoned], tolerating(toleration), outcome({ n1: verdict }));
}

/** What a pod without tolerations sees of a node with these taints. */
function plain(id: string, title: string, taints: readonly (string | object)[], verdict: typeof OK | typeof TAINTED) {
  const rules = [verdict === OK ? "R-NOD-8" : "R-NOD-9"];
  return asked(id, title, rules, [tainted(...taints)], {}, outcome({ n1: verdict }));
}

const old = (key: string, value: string) => by("TaintToleration", `node(s) had untolerated taint {${key}: ${value}}`);
const four = [
  node("n1", {}, { taints: [{ key: "a", value: "1", effect: "NoSchedule" }] }),
  node("n2", {}, { taints: [{ key: "b", effect: "NoExecute" }] }),
  node("n3", {}, { taints: [{ key: "a", value: "1", effect: "NoExecute" }] }),
  node("n4", {}, { taints: [{ effect: "NoSchedule" }] }),
];

export const cases: readonly ConformanceCase[] = [
  asked("T-306", "a cordoned node", ["R-NOD-5"], [cordoned, free], {}, outcome({ n1: CORDONED, n2: OK })),
  asked(
    "T-306",
    "a cordoned node that is tainted too",
    ["R-NOD-6"],
    [cordonedAndTainted],
    {},
    outcome({ n1: CORDONED }),
  ),
  asked(
    "T-306",
    "unschedulable false and null are no cordon",
    ["R-NOD-5"],
    [node("n1", {}, { unschedulable: false }), node("n2", {}, { unschedulable: null })],
    {},
    outcome({ n1: OK, n2: OK }),
  ),
  cordon("T-307", "the cordon is tolerated", { key: CORDON, operator: "Exists", effect: "NoSchedule" }, OK),
  cordon("T-307", "whoever tolerates everything tolerates a cordon", { operator: "Exists" }, OK),
  cordon("T-307", "the cordon is tolerated for any effect", { key: CORDON, operator: "Exists", effect: "" }, OK),
  cordon("T-307", "the cordon has the empty value", { key: CORDON, operator: "Equal", value: "" }, OK),
  cordon("T-307", "the cordon has no other value", { key: CORDON, operator: "Equal", value: "true" }, CORDONED),
  cordon("T-307", "the cordon is NoSchedule", { key: CORDON, operator: "Exists", effect: "NoExecute" }, CORDONED),
  cordon("T-307", "another key is not the cordon's", { key: `${CORDON}d`, operator: "Exists" }, CORDONED),
  asked(
    "T-307",
    "a cordon and its taint, both tolerated",
    ["R-NOD-5", "R-NOD-9"],
    [cordonedAndTainted],
    tolerating({ key: CORDON, operator: "Exists", effect: "NoSchedule" }),
    outcome({ n1: OK }),
  ),
  asked(
    "T-307",
    "a cordon that is tolerated on a node with another taint",
    ["R-NOD-5", "R-NOD-9"],
    [node("n1", {}, { unschedulable: true, taints: [{ key: "k", effect: "NoSchedule" }] })],
    tolerating({ key: CORDON, operator: "Exists" }),
    outcome({ n1: TAINTED }),
  ),
  asked(
    "T-308",
    "the cordon's taint alone",
    ["R-NOD-6"],
    [tainted(`${CORDON}:NoSchedule`)],
    {},
    outcome({ n1: TAINTED }),
  ),
  plain("T-310", "NoSchedule keeps away", ["k=v:NoSchedule"], TAINTED),
  plain("T-310", "NoExecute keeps away", ["k=v:NoExecute"], TAINTED),
  plain("T-310", "PreferNoSchedule does not", ["k=v:PreferNoSchedule"], OK),
  plain("T-310", "the empty effect does not", ["k=v:"], OK),
  plain("T-310", "a taint without effect does not", [{ key: "k", value: "v" }], OK),
  plain("T-310", "an effect in another case does not", ["k=v:noSchedule"], OK),
  plain("T-310", "no taints", [], OK),
  plain("T-310", "a taint that counts behind one that does not", ["k:PreferNoSchedule", "l:NoExecute"], TAINTED),
  plain("T-313", "two taints are one reason", ["a=1:NoSchedule", "b=2:NoExecute"], TAINTED),
  asked(
    "T-313",
    "two taints of which one is tolerated",
    ["R-NOD-9"],
    [tainted("a=1:NoSchedule", "b=2:NoExecute")],
    tolerating({ key: "a", operator: "Exists" }),
    { ...outcome({ n1: TAINTED }), message: "0/1 nodes are available: 1 node(s) had untolerated taint(s)." },
  ),
  asked(
    "T-313",
    "two taints of which the last is tolerated",
    ["R-NOD-9"],
    [tainted("a=1:NoSchedule", "b=2:NoExecute")],
    tolerating({ key: "b", operator: "Exists" }),
    outcome({ n1: TAINTED }),
  ),
  asked(
    "T-313",
    "two taints, each tolerated by another toleration",
    ["R-NOD-9"],
    [tainted("a=1:NoSchedule", "b=2:NoExecute")],
    tolerating({ key: "b", operator: "Exists" }, { key: "a", operator: "Exists" }),
    outcome({ n1: OK }),
  ),
  asked(
    "T-317",
    "1.33 names the first taint that is not tolerated",
    ["R-GATE-22", "R-NOD-9"],
    four,
    {},
    {
      ...outcome({ n1: old("a", "1"), n2: old("b", ""), n3: old("a", "1"), n4: old("", "") }),
      message:
        "0/4 nodes are available: 1 node(s) had untolerated taint {: }, 1 node(s) had untolerated taint {b: }, " +
        "2 node(s) had untolerated taint {a: 1}.",
    },
    { kubernetes: "1.33", filters: NODE_FILTERS },
  ),
  asked(
    "T-317",
    "1.33 passes over taints that are tolerated or do not count",
    ["R-GATE-22", "R-NOD-8"],
    [tainted("p:PreferNoSchedule", "a=1:NoSchedule", "b=2:NoSchedule", "c=3:NoSchedule")],
    tolerating({ key: "a", operator: "Exists" }),
    outcome({ n1: old("b", "2") }),
    { kubernetes: "1.33", filters: NODE_FILTERS },
  ),
  ...["1.34", "1.37"].map((kubernetes) =>
    asked(
      "T-317",
      `${kubernetes} has one text for all taints`,
      ["R-GATE-22"],
      four.slice(0, 2),
      {},
      {
        ...outcome({ n1: TAINTED, n2: TAINTED }),
        message: "0/2 nodes are available: 2 node(s) had untolerated taint(s).",
      },
      { kubernetes, filters: NODE_FILTERS },
    ),
  ),
];
