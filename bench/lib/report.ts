// bench/RESULTS.md and its plots, from the figures of a full run.

import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { hasCurve } from "./growth.js";
import { EXPLANATIONS, GROWTH_EXPLANATIONS } from "./notes.js";
import type { BenchResult } from "./result.js";
import { plot } from "./svg.js";
import { markdownTable, short } from "./table.js";

export interface Environment {
  readonly date: string;
  readonly machine: string;
  readonly node: string;
  readonly commit: string;
  readonly command: string;
  /** Names and versions of whatever else took part. */
  readonly versions: readonly string[];
}

export interface Section {
  readonly title: string;
  readonly results: readonly BenchResult[];
}

/** Curves that grow faster than this need a word. */
const LINEAR = 1.1;

export function writeReport(folder: string, environment: Environment, sections: readonly Section[]): void {
  const plots = join(folder, "plots");
  rmSync(plots, { recursive: true, force: true });
  mkdirSync(plots, { recursive: true });
  const all = sections.flatMap(({ results }) => results);
  const text = [head(environment, all), ...sections.map(sectionText), shortfalls(all), growth(plots, all)].join("\n");
  writeFileSync(join(folder, "RESULTS.md"), text);
}

function head({ command, commit, date, machine, node, versions }: Environment, all: readonly BenchResult[]): string {
  const asked = all.filter(({ met }) => met !== null);
  const met = asked.filter((result) => result.met === true).length;
  return `# Measured

Written by \`${command}\` on ${date}; commit ${commit}, ${machine}, Node ${node}, ${versions.join(", ")}.

Contestants alternate in one process wherever they can, and a ratio is the median of the rounds' ratios; answers are
checked equal. Times are the wall clock's or, where that is less, the processor time of the process: the cores were
shared. Of ${asked.length} figures that were asked for, ${met} are met.
`;
}

function sectionText({ results, title }: Section): string {
  return `## ${title}\n\n${markdownTable(results)}\n`;
}

function shortfalls(all: readonly BenchResult[]): string {
  const missed = all.filter(({ met }) => met === false);
  const lines = missed.map(({ id, ratio, target, unit, value }) => {
    const got = ratio === null ? `${value === null ? "nothing" : short(value)} ${unit}` : `${short(ratio)}x`;
    const why = EXPLANATIONS.find(([pattern]) => pattern.test(id))?.[1] ?? "not explained yet";
    return `- **${id}**: ${got}, asked ${target}. ${why}`;
  });
  return `## Shortfalls\n\n${lines.length === 0 ? "None." : lines.join("\n")}\n`;
}

function growth(folder: string, all: readonly BenchResult[]): string {
  const curves = all.filter(hasCurve);
  const names = [...new Set(curves.map(({ curve }) => curve.plot))];
  const images = names.map((name) => {
    const here = curves.filter(({ curve }) => curve.plot === name).map(({ curve }) => curve);
    writeFileSync(join(folder, `${name}.svg`), plot(name.replace("-", ": "), here[0].xLabel, here[0].yLabel, here));
    return `![${name}](plots/${name}.svg)`;
  });
  const above = curves.filter(({ value }) => value !== null && value > LINEAR);
  const lines = above.map(({ id, value }) => {
    const why = GROWTH_EXPLANATIONS.find(([pattern]) => pattern.test(id))?.[1] ?? "not explained yet";
    return `- **${id}** grows with the power ${short(value ?? 0)}. ${why}`;
  });
  const above1 = lines.length === 0 ? "No curve grows faster than linearly." : lines.join("\n");
  return `## Growth

The exponent of each curve, over its last three points, is in the tables above: 1 is linear, 0 does not grow.

${above1}

${images.join("\n")}
`;
}
