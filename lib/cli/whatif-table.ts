// cli: a difference -> tables for a person: pods whose lot changes, pods that lost their node, and what is to be made of it.

import type { ChangedPod, ClaimReach, DisplacedPod, WhatIfAnswer } from "../whatif/answer-types.js";
import { counted, printable } from "./failure.js";
import type { Output } from "./io.js";
import { writePlanTable } from "./plan-table.js";
import { aligned } from "./rows.js";
import { someNames } from "./some-names.js";
import type { Paint } from "./style.js";

const NAMED = 5;

export interface WhatIfTableOptions {
  /** With headings and a summary. */
  readonly headers: boolean;
  /** Names also pods that lose or gain some nodes, and those that can come back. */
  readonly wide: boolean;
  readonly paint: Paint;
}

type Row = readonly [good: boolean, cells: readonly string[]];

export async function writeWhatIfTable(
  answer: WhatIfAnswer,
  output: Output,
  options: WhatIfTableOptions,
): Promise<void> {
  const { added, changed = [], displaced, nodes, plan, schedulable, unschedulable } = answer;
  const { headers, paint, wide } = options;
  const fates = wide ? sorted(changed) : [...unschedulable, ...schedulable];
  await write(
    ["POD", "BEFORE", "AFTER", "ANSWER"],
    [...fates, ...added].map((fate) => [fate.after > 0, rowOf(fate)]),
    output,
    options,
  );
  const shown = wide ? displaced : displaced.filter(({ nodes }) => nodes === 0);
  await write(
    ["DISPLACED", "FROM", "NODES", "ANSWER"],
    shown.map((pod) => [pod.nodes > 0, displacedRow(pod)]),
    output,
    options,
  );
  if (plan !== undefined) {
    await writePlanTable(plan, nodes.after, output, { headers, wide, paint });
    if (headers) await output.write("\n");
  }
  if (headers) for (const line of summary(answer)) await output.write(`${line}\n`);
}

async function write(
  headings: readonly string[],
  rows: readonly Row[],
  output: Output,
  { headers, paint }: WhatIfTableOptions,
): Promise<void> {
  if (rows.length === 0) return;
  const [first, ...lines] = aligned([headings, ...rows.map(([, cells]) => cells)]);
  if (headers) await output.write(`${paint("bold", first)}\n`);
  for (const [i, line] of lines.entries()) {
    if (output.closed) return;
    await output.write(`${paint(rows[i][0] ? "green" : "red", line)}\n`);
  }
  if (headers) await output.write("\n");
}

/** Those that have no node then first, and then those that had none. */
function sorted(fates: readonly ChangedPod[]): ChangedPod[] {
  const rank = ({ after, before }: ChangedPod): number => (after === 0 ? 0 : before === 0 ? 1 : 2);
  return [...fates].sort((a, b) => rank(a) - rank(b));
}

function rowOf({ after, before, gainedNodes = [], lostNodes = [], message, pod }: ChangedPod): string[] {
  const parts = [
    lostNodes.length > 0 ? `loses ${someNames(lostNodes, lostNodes.length, NAMED)}` : "",
    gainedNodes.length > 0 ? `gains ${someNames(gainedNodes, gainedNodes.length, NAMED)}` : "",
  ];
  const answer = message ?? parts.filter((part) => part !== "").join(", ");
  return [printable(pod), String(before), String(after), printable(answer)];
}

function displacedRow({ claims = [], from, message, nodes, pod }: DisplacedPod): string[] {
  const answer = nodes > 0 ? "can come back" : `${blame(claims)}${message ?? ""}`;
  return [printable(pod), printable(from), String(nodes), printable(answer)];
}

/** The claims that no node reaches alone, or those that do not meet. */
function blame(claims: readonly ClaimReach[]): string {
  const alone = claims.filter(({ nodes }) => nodes === 0);
  const named = (some: readonly ClaimReach[]) =>
    some.map(({ claim, volume }) => (volume === undefined ? claim : `${claim} on volume ${volume}`)).join(", ");
  if (alone.length > 0) return `no node for claim ${named(alone)}: `;
  if (claims.length < 2) return "";
  return `no node for all of ${claims.map(({ claim, nodes }) => `${claim} (${counted(nodes, "node")})`).join(", ")}: `;
}

function summary({ displaced, gaining, losing, nodes, pods, schedulable, unschedulable }: WhatIfAnswer): string[] {
  const parts = [
    said(unschedulable.length, "has no node then", "have no node then"),
    said(schedulable.length, "finds a node", "find a node"),
    said(losing, "loses nodes", "lose nodes"),
    said(gaining, "gains nodes", "gain nodes"),
  ].filter((part) => part !== "");
  const changes = parts.length === 0 ? "nothing changes for them" : parts.join(", ");
  const lines = [
    `${counted(pods, "pod")}, ${counted(nodes.before, "node")} before and ${nodes.after.toLocaleString("en")} after: ${changes}`,
  ];
  if (displaced.length === 0) return lines;
  const stranded = displaced.filter(({ nodes }) => nodes === 0).length;
  const come = stranded === 0 ? "each could come back" : `${stranded.toLocaleString("en")} could not come back`;
  return [...lines, `${counted(displaced.length, "pod loses its node", "pods lose their node")}: ${come}`];
}

function said(count: number, one: string, more: string): string {
  return count === 0 ? "" : `${count.toLocaleString("en")} ${count === 1 ? one : more}`;
}
