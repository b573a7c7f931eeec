// cli: `topomatch explain pvc/NAME`: where a claim can be, who uses it, and what keeps it from the other nodes.

import type { Explanation } from "../../explain.js";
import { explain, explanationLines, remedies } from "../../explain.js";
import type { PodLike, TopologyMatcher } from "../../index.js";
import { compareUtf8 } from "../../objects/utf8.js";
import { VOLUME_FILTERS } from "../../options.js";
import { checkKey } from "../asked-pods.js";
import { printable } from "../failure.js";
import type { KubeObject } from "../fields.js";
import { textAt } from "../fields.js";
import { listWriter } from "../list-writer.js";
import type { LoadedCluster } from "../load-cluster.js";
import { claimKeysOf } from "../notes/evaluated.js";
import { MissingKinds } from "../notes/missing-kinds.js";
import { someNames } from "../some-names.js";
import { FITS, FITS_NOWHERE } from "../status.js";
import type { ExplainArguments } from "./arguments.js";
import { nodeIn } from "./names.js";
import type { Telling } from "./telling.js";

/** So many names are told. */
const NAMED = 5;

export async function explainClaim(
  loaded: LoadedCluster,
  name: string,
  wanted: ExplainArguments,
  { output, paint, quiet, stderr, stdout }: Telling,
): Promise<number> {
  const { matcher, namespace } = loaded;
  const claim = `${namespace}/${name}`;
  checkKey(matcher.persistentVolumeClaims, "claim", claim);
  const node = wanted.node === undefined ? undefined : nodeIn(matcher, wanted.node);
  if (!quiet)
    for (const line of missingFor(loaded, claim, wanted)) await stderr.write(`topomatch: ${printable(line)}\n`);
  await stderr.flush();
  const pod = podWith(matcher, namespace, name);
  const explanation = explain(matcher, pod, node);
  const tried = remedies(matcher, pod, explanation);
  const users = usersOf(matcher, claim);
  if (output === "json" || output === "yaml") {
    const writer = await listWriter(output, stdout);
    await writer.begin({ apiVersion: "topomatch/v1", kind: "ExplanationList" }, "items");
    const { pod: _, ...rest } = explanation;
    await writer.item({ ...rest, claim, usedBy: users, remedies: tried });
    await writer.end();
  } else {
    const told = { ...explanation, pod: `a pod with claim ${claim} alone` };
    const [verdict, ...lines] = explanationLines(told, { wide: output === "wide", paint, remedies: tried });
    const facts = [...(node === undefined ? placesOf(explanation) : []), usedBy(users)];
    const factLines = facts.map((fact) => `  ${paint("plain", fact)}`);
    await stdout.write(`${[verdict, ...factLines, ...lines].join("\n")}\n`);
  }
  return explanation.feasible ? FITS : FITS_NOWHERE;
}

/** Where the claim can be, if anywhere. */
function placesOf({ claims: [place] }: Explanation): string[] {
  return place === undefined || place.count === 0 ? [] : [`can be on ${someNames(place.nodes, place.count, NAMED)}`];
}

function usedBy(users: readonly User[]): string {
  if (users.length === 0) return "no pod uses it";
  const words = users.map(({ node, pod }) => (node === undefined ? pod : `${pod} on ${node}`));
  return `used by ${someNames(words, words.length, NAMED)}`;
}

/** A pod that is not there, and uses the claim alone. */
function podWith({ pods }: TopologyMatcher, namespace: string, claimName: string): PodLike {
  let name = `pod-of-${claimName}`;
  while (pods.has(`${namespace}/${name}`)) name = `${name}-`;
  return {
    metadata: { namespace, name },
    spec: { volumes: [{ name: "claim", persistentVolumeClaim: { claimName } }] },
  };
}

interface User {
  readonly pod: string;
  readonly node?: string;
}

/** Pods that use the claim and have not ended, each with its node. O(pods). */
function usersOf({ pods }: TopologyMatcher, claim: string): User[] {
  const users: User[] = [];
  for (const key of pods.keys()) {
    const pod = pods.get(key) as KubeObject;
    if (["Succeeded", "Failed"].includes(textAt(pod, "status", "phase")) || !claimKeysOf(pod).includes(claim)) continue;
    const node = textAt(pod, "spec", "nodeName");
    users.push({ pod: key, ...(node !== "" && { node }) });
  }
  return users.sort((a, b) => compareUtf8(a.pod, b.pod));
}

/** Kinds that the input lacks, though the claim needs them. */
function missingFor({ intake, matcher }: LoadedCluster, key: string, { filters, mode }: ExplainArguments): string[] {
  if (mode !== "live") return [];
  const running = filters.length > 0 ? filters : VOLUME_FILTERS;
  const missing = new MissingKinds(matcher, intake.facts.nodeDrivers, running);
  const claim = matcher.persistentVolumeClaims.get(key) as KubeObject;
  missing.add({ key, pod: {}, claims: [{ key, claim }] });
  return missing.lines();
}
