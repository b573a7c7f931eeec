// explain: an explanation -> lines for people: the verdict, a line a cause with its count, what comes after.

import type { Cause } from "./causes.js";
import type { Remedy } from "./remedies/remedy.js";
import type { ClaimPlaces, Explanation } from "./types.js";
import { counted } from "./words.js";

/** So many causes and nodes are told. */
const CAUSES = 12;
const NODES = 5;

/** `plain`: as it is. */
export type TextStyle = "bold" | "dim" | "red" | "green" | "plain";

export interface TextOptions {
  /** What would help, told at the end. */
  readonly remedies?: readonly Remedy[] | undefined;
  /** Tells also which nodes are in which group, and where each claim could be. */
  readonly wide?: boolean | undefined;
  /** Writes a text in a style; every text that comes from objects goes through it. Default: as it is. */
  readonly paint?: Paint | undefined;
}

type Paint = (style: TextStyle, text: string) => string;

const PLAIN: Paint = (_, text) => text;

/** The lines of an explanation; texts of objects stand in them as they are. */
export function explanationLines(
  explanation: Explanation,
  { paint = PLAIN, remedies = [], wide = false }: TextOptions = {},
): string[] {
  const { afterwards, causes, conflict } = explanation;
  const lines = [paint(explanation.feasible ? "green" : "red", verdictOf(explanation))];
  const width = Math.max(0, ...[...causes, ...afterwards].map(({ nodes }) => nodesOf(nodes).length));
  const told = (nodes: number, { message, object, path }: Pick<Cause, "message" | "object" | "path">): void => {
    lines.push(`  ${nodesOf(nodes).padStart(width)}  ${paint("plain", message)}`);
    lines.push(`  ${" ".repeat(width)}  ${paint("dim", placeOf({ object, path }))}`);
  };
  for (const cause of causes.slice(0, CAUSES)) told(cause.nodes, cause);
  if (causes.length > CAUSES) lines.push(`  and ${counted(causes.length - CAUSES, "more cause")}`);
  if (conflict !== undefined) {
    const text = conflictText(explanation.claims, conflict);
    lines.push(paint("plain", `  claims that are never on one node: ${text}`));
  }
  if (afterwards.length > 0) {
    lines.push(paint("bold", "the scheduler fits the pod, but then:"));
    for (const after of afterwards) told(after.nodes, after);
  }
  if (remedies.length > 0) lines.push(paint("bold", "what would help:"), ...remedyLines(remedies, paint));
  if (wide) lines.push(...wideLines(explanation).map((line) => paint("dim", line)));
  return lines;
}

function remedyLines(remedies: readonly Remedy[], paint: Paint): string[] {
  const counts = remedies.map(({ opens }) => (opens === 0 ? "" : `+${nodesOf(opens)}`));
  const width = Math.max(...counts.map(({ length }) => length));
  return remedies.flatMap(({ caution, command, message }, i) => {
    const told = paint("plain", caution === undefined ? message : `${message} (${caution})`);
    const line = `  ${counts[i].padStart(width)}  ${told}`;
    return command === undefined ? [line] : [line, `  ${" ".repeat(width)}  ${paint("dim", command)}`];
  });
}

function verdictOf({ error, feasible, feasibleNodes, message, node, nodes, pod }: Explanation): string {
  if (error !== undefined) return `${pod}: error: ${error}`;
  if (node !== undefined) return `${pod} ${feasible ? "fits" : "does not fit"} node ${node}`;
  return feasible
    ? `${pod} fits ${feasibleNodes.toLocaleString("en")} of ${counted(nodes, "node")}`
    : `${pod}: ${message}`;
}

function placeOf({ object, path }: Pick<Cause, "object" | "path">): string {
  return `${object.kind}${object.name === "" ? "" : ` ${object.name}`}: ${path}`;
}

/** `1 node `, `2 nodes`: of one length behind the number. */
function nodesOf(count: number): string {
  return counted(count, "node ", "nodes");
}

function conflictText(claims: readonly ClaimPlaces[], conflict: readonly number[]): string {
  return conflict.map((i) => `${claims[i].claim} (${someNodes(claims[i])})`).join(" and ");
}

function someNodes({ count, nodes }: { readonly count: number; readonly nodes: readonly string[] }): string {
  const named = nodes.slice(0, NODES);
  const more = count - named.length;
  return `${named.join(", ")}${more > 0 ? `${named.length > 0 ? " and " : ""}${more.toLocaleString("en")} more` : ""}`;
}

function wideLines({ causes, claims, groups }: Explanation): string[] {
  const places = claims.map((claim) => {
    const volume = claim.volume === undefined ? "" : `, volume ${claim.volume},`;
    return `  claim ${claim.claim}${volume} alone: ${counted(claim.count, "node")}${claim.count > 0 ? `: ${someNodes(claim)}` : ""}`;
  });
  const rows = groups.map((group) => {
    const names = group.causes.map((i) => `${causes[i].code} ${causes[i].object.name}`).join(", ");
    return `  ${nodesOf(group.count)}  ${group.plugin}: ${names}: ${someNodes(group)}`;
  });
  return [...places, ...rows];
}
