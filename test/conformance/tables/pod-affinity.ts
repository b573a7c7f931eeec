// 20.7, nodeSelector and required node affinity of pods, labels alone.

import { node, type Term } from "../build.js";
import type { ConformanceCase, Rejection } from "../case.js";
import { affine, asked, n1, n2, OK, outcome, required, three, UNMATCHED } from "../node-filters.js";

const LONG = "v".repeat(64);
const inZone = (...zones: string[]): Term => [["zone", "In", ...zones]];
const onlyN1 = outcome({ n1: OK, n2: UNMATCHED, n3: UNMATCHED });
const all = outcome({ n1: OK, n2: OK, n3: OK });
const none = outcome({ n1: UNMATCHED, n2: UNMATCHED, n3: UNMATCHED });

/** Nodes with slots 3, 10, none, and no number. */
const slots = [node("s3", { slots: "3" }), node("s10", { slots: "10" }), node("none"), node("word", { slots: "many" })];

function slotted(title: string, rule: string, term: Term, feasible: readonly string[]): ConformanceCase {
  const verdicts = slots.map(({ metadata: { name } }): [string, typeof OK | Rejection] => {
    return [name, feasible.includes(name) ? OK : UNMATCHED];
  });
  const byName = verdicts.sort(([a], [b]) => (a < b ? -1 : 1));
  return asked("T-321", title, ["R-NOD-17", rule], slots, affine(term), outcome(Object.fromEntries(byName)));
}

export const cases: readonly ConformanceCase[] = [
  asked("T-318", "a nodeSelector that one node matches", ["R-NOD-16"], three, { nodeSelector: { zone: "a" } }, onlyN1),
  asked("T-318", "a nodeSelector whose value differs", ["R-NOD-16"], three, { nodeSelector: { zone: "A" } }, none),
  asked("T-318", "a nodeSelector whose key is missing", ["R-NOD-16"], three, { nodeSelector: { Zone: "a" } }, none),
  asked(
    "T-318",
    "every label of a nodeSelector must match",
    ["R-NOD-16"],
    [node("n1", { zone: "a", disk: "ssd" }), node("n2", { zone: "a" }), node("n3", { disk: "ssd" })],
    { nodeSelector: { zone: "a", disk: "ssd" } },
    onlyN1,
  ),
  asked("T-318", "an empty nodeSelector", ["R-NOD-14", "R-NOD-16"], three, { nodeSelector: {} }, all),
  asked("T-318", "a nodeSelector of null", ["R-NOD-14"], three, { nodeSelector: null }, all),
  asked(
    "T-318",
    "a key and a value that no label may have are just compared",
    ["R-NOD-16"],
    [node("n1", { "a/b/c": LONG, "": "-" }), n2, node("n3", { "a/b/c": LONG, "": "" })],
    { nodeSelector: { "a/b/c": LONG, "": "-" } },
    onlyN1,
  ),
  asked(
    "T-318",
    "a value of null is the empty one",
    ["R-NOD-16"],
    [node("n1", { zone: "" }), n2, node("n3")],
    { nodeSelector: { zone: null } },
    onlyN1,
  ),
  asked(
    "T-319",
    "nodeSelector and affinity, of which none, either and both match",
    ["R-NOD-15", "R-NOD-17"],
    [node("n1", { zone: "a", disk: "ssd" }), node("n2", { zone: "a" }), node("n3", { disk: "ssd" }), node("n4")],
    { nodeSelector: { zone: "a" }, ...affine([["disk", "In", "ssd"]]) },
    {
      ...outcome({ n1: OK, n2: UNMATCHED, n3: UNMATCHED, n4: UNMATCHED }),
    },
  ),
  asked(
    "T-319",
    "a node that matches neither has one reason",
    ["R-NOD-15"],
    [n2],
    { nodeSelector: { zone: "a" }, ...affine([["disk", "In", "ssd"]]) },
    {
      ...outcome({ n2: UNMATCHED }),
      message: "0/1 nodes are available: 1 node(s) didn't match Pod's node affinity/selector.",
    },
  ),
  asked("T-320", "an affinity without terms", ["R-NOD-17", "R-NS-1"], three, affine(), none),
  asked("T-320", "an affinity whose terms are null", ["R-NOD-17"], three, required({ nodeSelectorTerms: null }), none),
  asked("T-320", "an affinity that is empty", ["R-NOD-14", "R-NOD-17"], three, required({}), none),
  asked("T-320", "an affinity of null", ["R-NOD-14"], three, required(null), all),
  asked("T-320", "an affinity for other pods alone", ["R-NOD-14"], three, { affinity: { podAffinity: {} } }, all),
  asked(
    "T-320",
    "a preferred affinity does not count",
    ["R-NOD-14"],
    three,
    {
      affinity: { nodeAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 1, preference: {} }] } },
    },
    all,
  ),
  asked("T-320", "an affinity with one empty term", ["R-NOD-17", "R-NS-2"], three, affine([]), none),
  asked("T-320", "an empty term beside one that matches", ["R-NS-2"], three, affine([], inZone("a")), onlyN1),
  slotted("Gt: more, and a number", "R-SEL-6", [["slots", "Gt", "3"]], ["s10"]),
  slotted("Lt: less, and a number", "R-SEL-6", [["slots", "Lt", "10"]], ["s3"]),
  slotted("NotIn holds where the key is missing", "R-SEL-6", [["slots", "NotIn", "3", "many"]], ["none", "s10"]),
  slotted("Exists", "R-SEL-6", [["slots", "Exists"]], ["s10", "s3", "word"]),
  slotted("DoesNotExist", "R-SEL-6", [["slots", "DoesNotExist"]], ["none"]),
  slotted(
    "all expressions of a term are ANDed",
    "R-NS-3",
    [
      ["slots", "Exists"],
      ["slots", "NotIn", "many"],
      ["slots", "Gt", "3"],
    ],
    ["s10"],
  ),
  asked("T-321", "an operator in another case", ["R-SEL-5", "R-NOD-17"], three, affine([["zone", "in", "a"]]), none),
  asked(
    "T-321",
    "a bad key in one term, another matches",
    ["R-NS-6"],
    three,
    affine([["a/b/c", "Exists"]], inZone("a")),
    onlyN1,
  ),
  asked("T-321", "a value too long spoils its term", ["R-SEL-2"], three, affine(inZone("a", LONG)), none),
  asked("T-321", "terms are ORed", ["R-NS-1"], [n1, n2], affine(inZone("a"), inZone("b")), outcome({ n1: OK, n2: OK })),
];
