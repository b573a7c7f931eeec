// Requirements over node labels, valid ones near a chosen node and every kind of invalid one.

import type { Expression } from "../evaluator/kinds.js";
import { EBS_ZONE, EMPTY, GKE_ZONE, HOSTNAME, RACK, REGION, SLOTS, ZONE, ZONE_BETA } from "./nodes.js";
import type { Weighted } from "./random.js";
import type { GeneratedNode, World } from "./world.js";

export const LONG = "x".repeat(64);

const KEYS: Weighted<string> = [
  [40, ZONE],
  [16, HOSTNAME],
  [14, RACK],
  [6, REGION],
  [6, "disk"],
  [4, ZONE_BETA],
  [5, EBS_ZONE],
  [2, GKE_ZONE],
  [1, EMPTY],
  [1, SLOTS],
  [0.5, "missing.example.com/key"],
];

export const BAD_KEYS: readonly string[] = [
  "",
  "a/b/c",
  "/disk",
  "disk/",
  "/",
  "-disk",
  "disk-",
  "di sk",
  "é",
  "A/disk",
  "a..b/disk",
  "-a.b/disk-",
  LONG,
  `${"a".repeat(254)}/disk`,
  `${"a".repeat(254)}B/${LONG}-`,
  `${"é".repeat(32)}`,
];

export const BAD_VALUES: readonly string[] = [
  LONG,
  "-x",
  "x-",
  "a b",
  "é",
  "a/b",
  "\\",
  'qu"ote',
  "bell\u0007",
  "\u007f",
  "new\nline",
  "\u00a0",
  "\u200b",
  "\u{1f600}",
  "\u{e0001}",
  `-${LONG}`,
  "日".repeat(22),
];

/** Values that show how a list is printed as JSON. */
const ODD_LISTS: readonly string[][] = [["x"], ["x", "y"], ["<a>&b"], ["\u2028"], ['"'], ["\u0001"], ["é", LONG], [""]];

/** A requirement that the home node usually meets and some other nodes do not. */
export function requirementNear(world: World, home: GeneratedNode, forNodeSelector: boolean): Expression {
  const { random } = world;
  const key = random.weighted(KEYS);
  const near = home.labels[key];
  const others = world.nodeValues(key).filter((value) => value !== near);
  return random.branch<Expression>([
    [75, () => ({ key, operator: "In", values: nearValues(world, near, others) })],
    [9, () => ({ key, operator: "NotIn", values: fewOthers(world, near, others) })],
    [3, () => ({ key: random.pick([key, EMPTY]), operator: "Exists", ...noValues(world) })],
    [2, () => ({ key: random.pick([key, EMPTY]), operator: "DoesNotExist", ...noValues(world) })],
    [forNodeSelector ? 6 : 0, () => comparison(world)],
  ]);
}

export function nearValues(world: World, near: string | undefined, others: string[]): string[] {
  const { random } = world;
  const values = near !== undefined && random.chance(0.93) ? [near] : [];
  if (values.length === 0 || random.chance(0.25)) values.push(...random.some(others, 1, 3));
  if (values.length === 0) values.push("elsewhere");
  if (random.chance(0.04)) values.push(values[0]);
  return random.shuffle(values);
}

/** For selectors of labels of any object; the first bad thing decides, so mixtures are made too. */
export function invalidLabelRequirement(world: World, key: string): Expression {
  const { random } = world;
  const badKey = () => random.pick(BAD_KEYS);
  const badValue = () => random.pick(BAD_VALUES);
  return random.branch<Expression>([
    [
      3,
      () => ({
        key,
        operator: random.pick(["Gt", "Lt", "in", "IN", "Equals", "=", "", 'E"x', "é\u0000"]),
        values: ["1"],
      }),
    ],
    [1, () => ({ key: badKey(), operator: "Gt", values: [badValue()] })],
    [
      2,
      () =>
        random.pick<Expression>([
          { key, operator: "In", values: [] },
          { key, operator: "NotIn" },
        ]),
    ],
    [3, () => ({ key, operator: random.pick(["Exists", "DoesNotExist"]), values: random.pick(ODD_LISTS) })],
    [4, () => ({ key: badKey(), operator: "In", values: ["ssd"] })],
    [1, () => ({ key: badKey(), operator: random.pick(["Exists", "In"]) })],
    [4, () => ({ key, operator: random.pick(["In", "NotIn"]), values: ["ssd", badValue()] })],
    [1, () => ({ key, operator: "In", values: [badValue(), "ssd", badValue()] })],
    [2, () => ({ key: badKey(), operator: "In", values: [badValue()] })],
    [0.5, () => ({ operator: "In", values: ["ssd"] })],
    [0.5, () => ({ key, operator: "In", values: [null, badValue()] })],
  ]);
}

export function invalidNodeRequirement(world: World): Expression {
  const { random } = world;
  if (random.chance(0.6)) return invalidLabelRequirement(world, random.pick([ZONE, HOSTNAME, "disk"]));
  return random.pick<Expression>([
    { key: SLOTS, operator: "Gt", values: ["-1"] },
    { key: SLOTS, operator: "Gt", values: ["+1"] },
    { key: SLOTS, operator: "Lt", values: ["1", "2"] },
    { key: SLOTS, operator: "Gt", values: [] },
    { key: SLOTS, operator: "Lt" },
    { key: SLOTS, operator: "Gt", values: ["abc"] },
    { key: SLOTS, operator: "Lt", values: ["1.5"] },
    { key: SLOTS, operator: "Lt", values: ["1_000"] },
    { key: SLOTS, operator: "Gt", values: ["0x1"] },
    { key: SLOTS, operator: "Lt", values: ["9223372036854775808"] },
    { key: SLOTS, operator: "Gt", values: [""] },
    { key: "-", operator: "Gt", values: ["1"] },
  ]);
}

function comparison(world: World): Expression {
  const { random } = world;
  const bound = random.pick(["0", "3", "4", "005", "99", "9223372036854775806", "9223372036854775807"]);
  return { key: SLOTS, operator: random.pick(["Gt", "Lt"]), values: [bound] };
}

function fewOthers(world: World, near: string | undefined, others: string[]): string[] {
  const { random } = world;
  const values = random.some(others, 1, 2);
  if (values.length === 0 || random.chance(0.1)) values.push(near ?? "elsewhere");
  return values;
}

function noValues(world: World): { values?: null | [] } {
  return world.random.weighted<{ values?: null | [] }>([
    [8, {}],
    [1, { values: null }],
    [1, { values: [] }],
  ]);
}
