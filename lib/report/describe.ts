// report: a place in the picture -> what is said of it: the verdict there, its causes, and who it is about.

import type { Cells } from "./cells.js";
import type { VerdictKind } from "./kinds.js";
import { KIND_TEXTS } from "./kinds.js";
import type { NodeGroup, Row } from "./rows.js";
import type { Help, Member, Part, ReportData, Told } from "./types.js";
import { counted } from "./words.js";

/** What some of the nodes have in common. */
export interface Verdict {
  readonly kind: VerdictKind;
  /** `fits`, or why not in a few words. */
  readonly text: string;
  /** On how many nodes, where it is about several. */
  readonly nodes: number;
  readonly causes: readonly Told[];
  /** kube-scheduler's words, with the plugin before them; empty for nodes that fit. */
  readonly scheduler: string;
}

export interface Description {
  readonly title: string;
  readonly verdicts: readonly Verdict[];
  /** Of a pod that fits no node: the scheduler's message, and which claims never meet. */
  readonly messages: readonly string[];
  /** Names of the pods, claims or nodes that it is about as well. */
  readonly alike: readonly string[];
  readonly afterwards: readonly Told[];
  readonly remedies: readonly Help[];
}

/** `row` undefined: the column as a whole; `column` undefined: the row. `member`: which of the column's is told of. */
export function describe(
  report: ReportData,
  cells: Cells,
  row: Row | undefined,
  column: number | undefined,
  member = 0,
): Description {
  if (column === undefined) return row === undefined ? NOTHING : nodesDescription(report, row);
  const { members, parts } = report.columns[column];
  const first = members[member];
  const others = members.filter((one) => one !== first);
  const about = { alike: others.map(({ name }) => name), messages: [], afterwards: [], remedies: [] };
  if (row === undefined) {
    const { afterwards = [], conflict, message, remedies = [] } = first;
    const messages = [message, conflict].filter((line) => line !== undefined);
    const verdicts = parts.map((part) => verdictOf(part, first, part.count));
    return { ...about, title: first.name, verdicts, messages, afterwards, remedies };
  }
  const title = `${first.name} on ${rowText(report, row)}`;
  if (row.row !== undefined) {
    const part = cells.part(column, row.row.class);
    return { ...about, title, verdicts: [verdictOf(part, first, row.row.nodes.length)] };
  }
  const counts = cells.counts(column, row.group);
  const verdicts = parts.flatMap((part, i) => (counts[i] > 0 ? [verdictOf(part, first, counts[i])] : []));
  return { ...about, title, verdicts };
}

const NOTHING: Description = { title: "", verdicts: [], messages: [], alike: [], afterwards: [], remedies: [] };

function verdictOf(part: Part, member: Member, nodes: number): Verdict {
  const { causes, kind, plugin = "", reasons = [] } = part;
  return {
    kind,
    text: KIND_TEXTS[kind].text,
    nodes,
    causes: causes.map((i) => member.causes[i]),
    scheduler: reasons.length === 0 ? "" : `${plugin}: ${reasons.join(", ")}`,
  };
}

function nodesDescription(report: ReportData, { group, row }: Row): Description {
  const nodes = row?.nodes ?? group.classes.flatMap(({ nodes: some }) => some);
  const [first, ...others] = nodes.map((node) => report.nodes[node]);
  if (row === undefined) return { ...NOTHING, title: groupText(group), alike: [first, ...others] };
  return { ...NOTHING, title: first, alike: others };
}

/** What a row is about, in a sentence. */
export function rowText(report: ReportData, { group, row }: Row): string {
  if (row === undefined) return groupText(group);
  const [first, ...others] = row.nodes;
  return others.length === 0
    ? report.nodes[first]
    : `${report.nodes[first]} and ${counted(others.length, "node")} alike`;
}

function groupText({ name, nodes }: NodeGroup): string {
  return `${name} (${counted(nodes, "node")})`;
}

/** One line for those who do not see the picture. */
export function spoken({ title, verdicts }: Description): string {
  const told = verdicts.map(({ causes, kind, nodes, text }) => {
    const count = verdicts.length > 1 ? `${counted(nodes, "node")}: ` : "";
    return `${count}${kind === "fits" ? text : `does not fit, ${text}`}${causes.map((cause) => `; ${cause.text}`).join("")}`;
  });
  return [title, ...told].join(". ");
}
