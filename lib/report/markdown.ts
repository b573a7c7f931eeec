// report: a report -> Markdown for a comment on a pull request. Texts of objects stand in code, where nothing is rendered.

import type { Column, FindingGroup, Help, ReportData, Told } from "./types.js";
import { counted, countsOf } from "./words.js";

/** So many columns without a node, columns with one, and groups of findings are told. */
const UNPLACED = 12;
const PLACED = 40;
const FINDINGS = 20;
const CAUSES = 6;
const NAMED = 3;
/** Code hosts refuse comments that are much longer; a column or a finding that would not fit is only counted. */
const MOST_CHARACTERS = 60_000;

export function markdownOf(report: ReportData): string {
  const { columns, findings, kubernetes, nodes, version } = report;
  const unplaced = columns.filter(({ fits }) => fits === 0);
  const placed = columns.filter(({ fits }) => fits > 0);
  const blocks = [`## topomatch: ${headline(report)}`, "", ...summaryTable(report)];
  const room = new Room(MOST_CHARACTERS - blocks.join("\n").length);
  blocks.push(...room.take(unplaced.slice(0, UNPLACED).map(unplacedBlock), unplaced.length, "more without a node"));
  if (placed.length > 0) {
    const rows = placed.slice(0, PLACED).map((column) => placedRow(column, nodes.length));
    const told = room.take(rows, placed.length, "more");
    const what = `${counted(membersOf(placed), report.subject.slice(0, -1))} with a node`;
    blocks.push("", "<details>", `<summary>${what}</summary>`, "", ...told, "", "</details>");
  }
  if (findings.length > 0) {
    const told = room.take(findings.slice(0, FINDINGS).map(findingBlock), findings.length, "more kinds of findings");
    blocks.push("", "<details>", `<summary>Lint: ${findingsText(findings)}</summary>`, "", ...told, "", "</details>");
  }
  blocks.push("", `<sub>topomatch ${version}, as kube-scheduler ${kubernetes} would answer</sub>`);
  return `${blocks.join("\n")}\n`;
}

function headline(report: ReportData): string {
  const { all, nowhere } = countsOf(report);
  const one = report.subject.slice(0, -1);
  if (all === 0) return `no ${one} to place`;
  if (nowhere === 0) return all === 1 ? `the ${one} fits` : `all ${all.toLocaleString("en")} ${report.subject} fit`;
  return `${nowhere.toLocaleString("en")} of ${counted(all, one)} ${nowhere === 1 ? "fits" : "fit"} no node`;
}

function summaryTable(report: ReportData): string[] {
  const { all, nowhere } = countsOf(report);
  const count = (value: number): string => value.toLocaleString("en");
  return [
    `| ${report.subject} | fit some node | fit no node | nodes | lint |`,
    "| ---: | ---: | ---: | ---: | :--- |",
    `| ${count(all)} | ${count(all - nowhere)} | ${count(nowhere)} | ${count(report.nodes.length)} | ${findingsText(report.findings)} |`,
  ];
}

function findingsText(findings: readonly FindingGroup[]): string {
  if (findings.length === 0) return "nothing found";
  const parts = (["error", "warning", "info"] as const).flatMap((severity) => {
    const those = findings.filter((group) => group.severity === severity);
    const count = those.reduce((sum, { more, names }) => sum + names.length + more, 0);
    if (count === 0) return [];
    return [severity === "info" ? `${count.toLocaleString("en")} for information` : counted(count, severity)];
  });
  return parts.join(", ");
}

function unplacedBlock({ members }: Column): string {
  const [first] = members;
  const { causes, conflict, message = "", remedies = [] } = first;
  const lines = [message, ...causes.slice(0, CAUSES).flatMap(causeLines)];
  if (causes.length > CAUSES) lines.push(`  and ${counted(causes.length - CAUSES, "more cause")}`);
  if (conflict !== undefined) lines.push(`  ${conflict}`);
  if (remedies.length > 0) lines.push("what would help:", ...remedies.flatMap(helpLines));
  return `\n**${titleOf(members)}**\n\n${fenced(lines)}`;
}

function causeLines({ nodes, place, text }: Told): string[] {
  return [`  ${counted(nodes, "node")}: ${text}`, `    ${place}`];
}

function helpLines({ command, opens, text }: Help): string[] {
  const line = `  ${opens === 0 ? "" : `+${counted(opens, "node")}: `}${text}`;
  return command === undefined ? [line] : [line, `    ${command}`];
}

function placedRow({ fits, members }: Column, nodes: number): string {
  const warned = members[0].afterwards ?? [];
  const line = `- ${titleOf(members)}: ${fits.toLocaleString("en")} of ${counted(nodes, "node")}`;
  if (warned.length === 0) return line;
  const told = ["the scheduler fits it, but then:", ...warned.flatMap(causeLines)];
  return `${line}\n\n${fenced(told).replace(/^/gm, "  ")}\n`;
}

function findingBlock({ field, id, kind, more, names, remedy, sentence, severity }: FindingGroup): string {
  const beyond = names.length - NAMED + more;
  const objects = `${names.slice(0, NAMED).join(", ")}${beyond > 0 ? ` and ${beyond.toLocaleString("en")} more` : ""}`;
  return fenced([
    `${severity}: ${kind} ${objects} (${id})`,
    `  where ${field}`,
    `  why   ${sentence}`,
    `  help  ${remedy}`,
  ]);
}

function titleOf(members: Column["members"]): string {
  const named = members.slice(0, NAMED).map(({ name }) => code(name));
  const more = members.length - named.length;
  return `${named.join(", ")}${more > 0 ? ` and ${more.toLocaleString("en")} more` : ""}`;
}

function membersOf(columns: readonly Column[]): number {
  return columns.reduce((sum, { members }) => sum + members.length, 0);
}

/** A span of code, whatever the text: its fence is longer than any run of backticks inside. */
function code(text: string): string {
  const fence = "`".repeat(longestRun(text) + 1);
  const pad = text.startsWith("`") || text.endsWith("`") || text.trim() === "" ? " " : "";
  return `${fence}${pad}${text}${pad}${fence}`;
}

function fenced(lines: readonly string[]): string {
  const text = lines.join("\n");
  const fence = "`".repeat(Math.max(3, longestRun(text) + 1));
  return `${fence}text\n${text}\n${fence}`;
}

function longestRun(text: string): number {
  return Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
}

/** How much may still be written. */
class Room {
  #left: number;

  constructor(characters: number) {
    this.#left = characters;
  }

  /** As many of these blocks as there is room for, and a line that counts the rest of `all`. */
  take(blocks: readonly string[], all: number, rest: string): string[] {
    const taken: string[] = [];
    for (const block of blocks) {
      if (block.length > this.#left) break;
      this.#left -= block.length;
      taken.push(block);
    }
    const left = all - taken.length;
    return left > 0 ? [...taken, "", `and ${left.toLocaleString("en")} ${rest}`] : taken;
  }
}
