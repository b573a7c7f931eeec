// The command line of `npm run conformance`.

import { parseArgs } from "node:util";
import { DEFAULT_KUBERNETES, KUBERNETES_MINORS } from "../../../lib/options.js";
import { PROFILES } from "./profiles.js";

export interface Options {
  kubernetes: string;
  /** At least so many clusters ... */
  clusters: number;
  /** ... and at least so many (pod, node) verdicts. */
  verdicts: number;
  seed: number;
  /** Every profile, by the seed, unless given. */
  profile: string | undefined;
  /** Shuffled orders that a cluster of the family of ties is asked under; 0 for none. */
  shuffles: number;
  processes: number;
  /** Where the report is written as JSON. */
  json: string | undefined;
  /** Whether the targets of a full run are checked. */
  targets: boolean;
}

export const USAGE = `npm run conformance -- [options]
  --kubernetes MINOR   ${KUBERNETES_MINORS.join(", ")}; default ${DEFAULT_KUBERNETES}
  --clusters N         at least so many clusters; default 200
  --verdicts N         at least so many (pod, node) verdicts; default 0
  --seed S             the first cluster's seed; default 1
  --profile NAME       one profile only: ${Object.keys(PROFILES).join(", ")}
  --shuffles [N]       the family of ties, asked under up to N shuffled orders too; default 64
  --processes N        pairs of a comparing and a judging process; default 1
  --targets            fails also where a full run's minimum counts are missed
  --json FILE          writes the report as JSON`;

/** Throws an Error with one sentence for what is wrong. */
export function readOptions(given: readonly string[]): Options {
  // A bare --shuffles is allowed, which parseArgs knows nothing of.
  const argv = given.flatMap((argument, index) =>
    argument === "--shuffles" && !/^\d/.test(given[index + 1] ?? "") ? ["--shuffles", "64"] : [argument],
  );
  const text = { type: "string" } as const;
  const { values } = parseArgs({
    args: argv,
    options: {
      kubernetes: text,
      clusters: text,
      verdicts: text,
      seed: text,
      profile: text,
      shuffles: text,
      processes: text,
      json: text,
      targets: { type: "boolean" },
    },
  });
  const kubernetes = values.kubernetes ?? DEFAULT_KUBERNETES;
  if (!(KUBERNETES_MINORS as readonly string[]).includes(kubernetes)) throw new Error(`no oracle for ${kubernetes}`);
  const shuffles = count("shuffles", values.shuffles, 0);
  const profile = values.profile ?? (shuffles > 0 ? "ties" : undefined);
  if (profile !== undefined && !Object.hasOwn(PROFILES, profile)) throw new Error(`no profile ${profile}`);
  return {
    kubernetes,
    clusters: count("clusters", values.clusters, 200),
    verdicts: count("verdicts", values.verdicts, 0),
    seed: count("seed", values.seed, 1),
    profile,
    shuffles,
    processes: Math.max(1, count("processes", values.processes, 1)),
    json: values.json,
    targets: values.targets ?? false,
  };
}

function count(name: string, text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise;
  if (!/^\d{1,12}$/.test(text)) throw new Error(`--${name} must be a number, but is ${text}`);
  return Number(text);
}
