// The figures of a run as a table, and what a full run must reach.

import { DEFAULT_KUBERNETES } from "../../../lib/options.js";
import type { Difference } from "./compare.js";
import type { Sources } from "./full.js";
import type { Options } from "./options.js";
import { addNumbers, emptyTally, type Size, type Tally } from "./tally.js";
import { TEMPLATES } from "./templates.js";

export interface Facts {
  readonly options: Options;
  /** The version of the oracle. */
  readonly oracle: string;
  readonly sources: Sources;
  /** When it began, as YYYY-MM-DD. */
  readonly date: string;
  readonly tally: Tally;
  readonly differences: Difference[];
  /** First seeds of the blocks of clusters that were compared. */
  readonly done: number[];
  /** Of the comparing processes, divided by their number. */
  seconds: number;
  finished: boolean;
  missed: readonly string[];
}

export function emptyFacts(options: Options, oracle: string, sources: Sources): Facts {
  const date = new Date().toISOString().slice(0, 10);
  const counts = { tally: emptyTally(), differences: [], done: [], seconds: 0 };
  return { options, oracle, sources, date, ...counts, finished: false, missed: [] };
}

/** Rule families of the plugins' verdicts; each must have decided so often in a full run. */
export const FAMILIES = [
  "QTY",
  "SEL",
  "LS",
  "NS",
  "TS",
  "AFF",
  "CLS",
  "PRE",
  "FLT",
  "BCL",
  "MAT",
  "PRV",
  "CAP",
  "MSG",
  "NOD",
  "MIG",
  "ZON",
  "LIM",
  "RST",
  "SCO",
  "FW",
];
const TIMES_PER_FAMILY = 1000;
const TIMES_PER_TEXT = 2000;
const PODS_PER_PATH = 2000;
const CLUSTERS_PER_PATH = 200;
const MOST_STEPS = 2e9;
const MOST_VERDICTS_OF_A_CLUSTER = 3000;
const LARGEST_SHARE_OF_REJECTIONS = 0.5;
const MOST_WHOLE_POD_FAILURES = 0.1;
/** Of all nine plugins together. */
const WHOLE_VERDICTS = { newest: 5_000_000, older: 500_000 };

export function reportLines({ options, oracle, seconds, tally }: Facts): string[] {
  const lines = [
    `kube-scheduler ${oracle} and topomatch for Kubernetes ${options.kubernetes}, first seed ${options.seed}`,
    ...table([
      ["clusters", count(tally.clusters)],
      ["pods", count(tally.pods)],
      ["(pod, node) verdicts", count(tally.verdicts)],
      ["most verdicts of one cluster", count(tally.largest)],
      ["feasible", share(tally.feasible, tally.verdicts)],
      ["whole-pod failures", share(wholePodFailures(tally), tally.pods)],
      ["steps of the oracle: (node, volume, claim)", count(tally.steps)],
      ["seconds", seconds.toFixed(0)],
      ["DIFFERENCES", count(tally.differences)],
      ["differences of the reference evaluator", count(tally.referenceDifferences)],
    ]),
    "",
    "pods by their end",
    ...table(Object.entries(tally.ends).map(([end, pods]) => [end, share(pods, tally.pods)])),
    "",
    "texts: times decided (nodes, or pods where a whole pod fails), (pod, node) verdicts, share of the rejections",
    ...table(
      texts(tally).map(([name, times, verdicts]) => [
        name,
        count(times),
        count(verdicts),
        percent(verdicts, tally.rejected),
      ]),
    ),
    "",
    "rule families and rules: verdicts or whole pods in whose derivation they settled something",
    ...table(families(tally).map(([family, times]) => [family, count(times)])),
    ...ruleLines(tally),
    "",
    ...sizes("profile", tally.byProfile),
    "",
    ...sizes("gates", tally.byGates),
    "",
    ...sizes("arguments", tally.byArguments),
    "",
    ...sizes("mode", tally.byMode),
    "",
    "pods compared, by the way of asking, engine or program",
    ...table(Object.entries(tally.entryPoints).map(([name, pods]) => [name, count(pods)])),
    "",
    ...table([["path", "pods", "clusters"], ...paths(tally)]),
  ];
  const { clusters, orders, pods, podsWithSeveralOutcomes } = tally.shuffles;
  if (clusters > 0) {
    lines.push(
      `shuffled orders: ${count(clusters)} clusters under ${count(orders)} orders, ${count(pods)} pods, ` +
        `${count(podsWithSeveralOutcomes)} with several outcomes`,
    );
  }
  for (const [profile, later] of Object.entries(tally.comesLater)) {
    lines.push(
      `not carried out yet (${profile}): ${count(later.differingPods)} of ${count(later.pods)} pods differ, ` +
        `${count(later.clusters)} clusters`,
    );
  }
  return lines;
}

/** What a full run must reach and this one did not. Of older minors, of which there is less, only some of it is asked. */
export function shortfalls({ options, tally }: Facts): string[] {
  const missed: string[] = [];
  const need = (holds: boolean, text: string): void => {
    if (!holds) missed.push(text);
  };
  const isNewest = options.kubernetes === DEFAULT_KUBERNETES;
  need(tally.clusters >= options.clusters, `${tally.clusters} clusters of ${options.clusters}`);
  need(tally.verdicts >= options.verdicts, `${tally.verdicts} verdicts of ${options.verdicts}`);
  const whole = tally.byProfile.whole?.verdicts ?? 0;
  const wanted = WHOLE_VERDICTS[isNewest ? "newest" : "older"];
  need(whole >= wanted, `${whole} verdicts of all nine plugins, of ${wanted}`);
  need(tally.largest <= MOST_VERDICTS_OF_A_CLUSTER, `a cluster gave ${tally.largest} verdicts`);
  for (const [name, times] of texts(tally)) {
    need(isExpected(name, options.kubernetes) || times === 0, `unexpected text: ${name}`);
  }
  if (!isNewest) return missed;
  const failures = wholePodFailures(tally) / tally.pods;
  need(failures < MOST_WHOLE_POD_FAILURES, `whole-pod failures are ${(100 * failures).toFixed(1)} % of the pods`);
  for (const [name, times, verdicts] of texts(tally)) {
    if (isExpected(name, options.kubernetes)) need(times >= TIMES_PER_TEXT, `${times} times only: ${name}`);
    const part = verdicts / tally.rejected;
    need(part <= LARGEST_SHARE_OF_REJECTIONS, `${(100 * part).toFixed(1)} % of the rejections: ${name}`);
  }
  for (const [path, { clusters, pods }] of Object.entries(tally.paths)) {
    const enough = pods >= PODS_PER_PATH && clusters >= CLUSTERS_PER_PATH;
    need(enough, `${pods} pods in ${clusters} clusters only: path ${path}`);
  }
  need(tally.steps <= MOST_STEPS, `${tally.steps} steps of the oracle`);
  for (const [family, times] of families(tally)) {
    need(times >= TIMES_PER_FAMILY, `${times} times only: rule family ${family}`);
  }
  return missed;
}

export function paths({ paths }: Tally): string[][] {
  return Object.entries(paths)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([path, { clusters, pods }]) => [path, count(pods), count(clusters)]);
}

export function wholePodFailures({ ends }: Tally): number {
  return (ends["PreFilter rejection"] ?? 0) + (ends.error ?? 0);
}

/** Every known text, seen or not, then unknown ones. */
export function texts({ texts: times, textVerdicts }: Tally): [name: string, times: number, verdicts: number][] {
  const known = TEMPLATES.map(({ name, outcome }) => `${outcome}: ${name}`);
  return [...new Set([...known, ...Object.keys(times)])].map((key) => [key, times[key] ?? 0, textVerdicts[key] ?? 0]);
}

export function isExpected(key: string, kubernetes: string): boolean {
  const found = TEMPLATES.find(({ name, outcome }) => `${outcome}: ${name}` === key);
  if (found === undefined) return false;
  const minor = Number(kubernetes.slice(2));
  return minor >= (found.since ?? 0) && minor <= (found.until ?? Number.POSITIVE_INFINITY);
}

export function families({ rules }: Tally): [family: string, times: number][] {
  const sums: Record<string, number> = Object.fromEntries(FAMILIES.map((family) => [family, 0]));
  for (const [rule, times] of Object.entries(rules)) addNumbers(sums, { [familyOf(rule)]: times });
  return FAMILIES.map((family) => [family, sums[family]]);
}

function familyOf(rule: string): string {
  return rule.split("-")[1];
}

function ruleLines({ rules }: Tally): string[] {
  const entries = Object.entries(rules).sort(([a], [b]) => a.localeCompare(b, "en", { numeric: true }));
  return table(entries.map(([rule, times]) => [rule, count(times)]));
}

function sizes(title: string, by: Readonly<Record<string, Size>>): string[] {
  const rows = Object.entries(by).map(([name, { clusters, pods, verdicts }]) => [
    name,
    ...[clusters, pods, verdicts].map(count),
  ]);
  return table([[title, "clusters", "pods", "verdicts"], ...rows]);
}

function count(number: number): string {
  return number.toLocaleString("en");
}

function share(part: number, whole: number): string {
  return `${count(part)} (${percent(part, whole)})`;
}

function percent(part: number, whole: number): string {
  return `${(whole === 0 ? 0 : (100 * part) / whole).toFixed(1)} %`;
}

/** The first column to the left, the others to the right. */
function table(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  return rows.map((row) =>
    row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[column]))).join("  "),
  );
}
