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
  /** Whether every minor is run, one after the other. */
  full: boolean;
  /** Where the figures of a full run are kept; a folder of the build unless given. */
  folder: string | undefined;
}

/** Of the newest minor. */
export const FULL_CLUSTERS = 60_000;

export const USAGE = `npm run conformance -- [options]
  --kubernetes MINOR   ${KUBERNETES_MINORS.join(", ")}; default ${DEFAULT_KUBERNETES}
  --clusters N         at least so many clusters; default 200
  --verdicts N         at least so many (pod, node) verdicts; default 0
  --seed S             the first cluster's seed; default 1
  --profile NAME       one profile only: ${Object.keys(PROFILES).join(", ")}
  --shuffles [N]       the family of ties, asked under up to N shuffled orders too; default 64
  --processes N        pairs of a comparing and a judging process; default 1, of a full run 2
  --targets            fails also where a full run's minimum counts are missed
  --json FILE          writes the report as JSON
  --full               all minors with their numbers of clusters, targets and a file of figures each; goes on where
                       a run with the same sources was stopped; --clusters N: as many of the newest, others in proportion
  --folder FOLDER      where a full run keeps its figures; default build/conformance`;

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
      full: { type: "boolean" },
      folder: text,
    },
  });
  const kubernetes = values.kubernetes ?? DEFAULT_KUBERNETES;
  if (!(KUBERNETES_MINORS as readonly string[]).includes(kubernetes)) throw new Error(`no oracle for ${kubernetes}`);
  const shuffles = count("shuffles", values.shuffles, 0);
  const profile = values.profile ?? (shuffles > 0 ? "ties" : undefined);
  if (profile !== undefined && !Object.hasOwn(PROFILES, profile)) throw new Error(`no profile ${profile}`);
  return {
    kubernetes,
    clusters: count("clusters", values.clusters, values.full ? FULL_CLUSTERS : 200),
    verdicts: count("verdicts", values.verdicts, 0),
    seed: count("seed", values.seed, 1),
    profile,
    shuffles,
    processes: Math.max(1, count("processes", values.processes, values.full ? 2 : 1)),
    json: values.json,
    targets: values.targets ?? false,
    full: values.full ?? false,
    folder: values.folder,
  };
}

function count(name: string, text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise;
  if (!/^\d{1,12}$/.test(text)) throw new Error(`--${name} must be a number, but is ${text}`);
  return Number(text);
}
