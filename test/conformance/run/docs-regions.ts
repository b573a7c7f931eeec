// The parts of docs/conformance.md that the figures of a full run fill in, as Markdown.

import { type Facts, families, isExpected, paths, texts, wholePodFailures } from "./report.js";
import type { Size } from "./tally.js";

export type Regions = Readonly<Record<string, string>>;

/** Puts each region between `<!-- NAME -->` and `<!-- end of NAME -->`; throws where a mark is missing. */
export function withRegions(page: string, regions: Regions): string {
  let text = page;
  for (const [name, region] of Object.entries(regions)) {
    const [begin, end] = [`<!-- ${name} -->\n`, `\n<!-- end of ${name} -->`];
    const from = text.indexOf(begin);
    const to = text.indexOf(end, from);
    if (from < 0 || to < 0) throw new Error(`the page has no marks of ${name}`);
    text = `${text.slice(0, from + begin.length)}\n${region}\n${text.slice(to)}`;
  }
  return text;
}

/** Of one full run, the newest minor first. */
export function docsRegions(runs: readonly Facts[]): Regions {
  const [newest] = runs;
  const { tally } = newest;
  return {
    "the run": `${runText(runs)}\n\n${minors(runs)}\n\n${summary(newest)}`,
    profiles: sizes("profile", tally.byProfile),
    gates: sizes("gates", tally.byGates),
    arguments: sizes("plugins with arguments", tally.byArguments),
    modes: sizes("how the library came to its objects", tally.byMode),
    "ways of asking": ways(runs),
    texts: textTable(newest),
    "rule families": `${table([["family", "times"], ...families(tally).map(([name, times]) => [name, count(times)])])}\n\n${rarest(newest)}`,
    paths: table([
      ["path", "pods", "clusters"],
      ...paths(tally).map(([path, ...counts]) => [`\`${path}\``, ...counts]),
    ]),
  };
}

function runText(runs: readonly Facts[]): string {
  const [{ date, options, oracle, sources }] = runs;
  const minutes = runs.reduce((sum, { seconds }) => sum + seconds, 0) / 60;
  return wrapped(
    `Library of commit \`${sources.commit}\`, judged by kube-scheduler \`${oracle}\` and, for the older minors, by those ` +
      `of the table; begun ${date}, ${options.processes} processes, ${minutes.toFixed(0)} minutes in all. First seeds: ` +
      `${runs.map(({ options: { kubernetes, seed } }) => `${seed} for ${kubernetes}`).join(", ")}.`,
  );
}

function minors(runs: readonly Facts[]): string {
  const header = ["minor", "judge", "clusters", "pods", "(pod, node) verdicts", "of all nine plugins"];
  const rows = runs.map(({ options, oracle, tally }) => {
    const defaults = tally.byGates.defaults?.verdicts ?? 0;
    const numbers = [
      ...[tally.clusters, tally.pods, tally.verdicts, tally.byProfile.whole?.verdicts ?? 0, defaults],
      ...[tally.verdicts - defaults, tally.differences + tally.referenceDifferences],
    ];
    return [options.kubernetes, oracle, ...numbers.map(count)];
  });
  return table([[...header, "with default gates", "with other gates", "differences"], ...rows]);
}

function summary({ tally }: Facts): string {
  const ends = ["on some nodes", "on no node", "on every node"].map((end) => share(tally.ends[end] ?? 0, tally.pods));
  return wrapped(
    `No cluster gave more than ${count(tally.largest)} verdicts. In the 1.37 run ${share(tally.feasible, tally.verdicts)} ` +
      `of the verdicts were feasible; ${ends[0]} of the pods fit on some nodes and not on others, ${ends[1]} on none, ` +
      `${ends[2]} on all, and ${share(wholePodFailures(tally), tally.pods)} failed as a whole (limit: 10 %). The judge ` +
      `looked at a volume for a claim on a node ${count(tally.steps)} times at the most.`,
  );
}

function ways(runs: readonly Facts[]): string {
  const names = [...new Set(runs.flatMap(({ tally }) => Object.keys(tally.entryPoints)))];
  const rows = names.map((name) => [
    name === "wasm" || name === "updates" ? `\`evaluatePod(key)\`, ${MODES[name]}` : (NAMES[name] ?? `\`${name}\``),
    ...runs.map(({ tally }) => count(tally.entryPoints[name] ?? 0)),
  ]);
  return table([["pods compared", ...runs.map(({ options }) => options.kubernetes)], ...rows]);
}

const MODES = { wasm: "loaded at once", updates: "through updates" };
const NAMES: Readonly<Record<string, string>> = {
  javascript: "the JavaScript engine",
  reference: "the reference evaluator",
  threads: "`topomatch/threads`",
  command: "`topomatch check`",
};

function textTable({ options, tally }: Facts): string {
  const rows = texts(tally)
    .filter(([key]) => isExpected(key, options.kubernetes))
    .map(([key, times, verdicts]): [string, string, number, string] => {
      const at = key.indexOf(": ");
      return [`\`${key.slice(at + 2)}\``, key.slice(0, at), times, share(verdicts, tally.rejected)];
    })
    .sort((a, b) => b[2] - a[2])
    .map(([text, of, times, part]) => [text, of, count(times), part]);
  return table([["text", "of", "times", "share of the rejected (pod, node) pairs"], ...rows]);
}

function rarest({ tally }: Facts): string {
  const rules = Object.entries(tally.rules).sort((a, b) => a[1] - b[1]);
  return wrapped(
    `${rules.length} rules were counted. The rarest are ${rules
      .slice(0, 6)
      .map(([rule, times]) => `${rule} ${count(times)}`)
      .join(", ")}.`,
  );
}

function sizes(title: string, by: Readonly<Record<string, Size>>): string {
  const entries = Object.entries(by).sort(([a], [b]) => (a < b ? -1 : 1));
  const rows = entries.map(([name, { clusters, pods, verdicts }]) => [name, ...[clusters, pods, verdicts].map(count)]);
  return table([[title, "clusters", "pods", "verdicts"], ...rows]);
}

function count(number: number): string {
  return number.toLocaleString("en");
}

function share(part: number, whole: number): string {
  return `${(whole === 0 ? 0 : (100 * part) / whole).toFixed(1)} %`;
}

const WIDTH = 120;

function wrapped(text: string): string {
  const lines = [""];
  for (const word of text.split(" ")) {
    const line = lines[lines.length - 1];
    if (line.length + word.length >= WIDTH) lines.push(word);
    else lines[lines.length - 1] = line === "" ? word : `${line} ${word}`;
  }
  return lines.join("\n");
}

/** Columns of one width, as the pages have them. */
export function table(rows: readonly (readonly string[])[]): string {
  const cells = rows.map((row) => row.map((cell) => cell.replaceAll("|", "\\|")));
  const widths = cells[0].map((_, column) => Math.max(3, ...cells.map((row) => row[column].length)));
  const line = (row: readonly string[]): string => `| ${row.map((cell, at) => cell.padEnd(widths[at])).join(" | ")} |`;
  const [header, ...body] = cells.map(line);
  return [header, `| ${widths.map((width) => "-".repeat(width)).join(" | ")} |`, ...body].join("\n");
}
