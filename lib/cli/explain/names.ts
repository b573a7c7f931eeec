// cli: the words of `topomatch explain` that name a claim or a node.

import { checkKey } from "../asked-pods.js";
import { UsageFailure } from "../failure.js";
import type { LoadedCluster } from "../load-cluster.js";
import type { ExplainArguments } from "./arguments.js";

/** What a word names that is no pod's. */
export interface NamedObject {
  readonly kind: "claim" | "node";
  readonly name: string;
}

/** The names that kubectl has for them. */
const KINDS: { readonly [word: string]: NamedObject["kind"] } = {
  pvc: "claim",
  persistentvolumeclaim: "claim",
  persistentvolumeclaims: "claim",
  node: "node",
  nodes: "node",
  no: "node",
};

/** The claim or node that a word names; undefined for the name of a pod. */
export function namedObjectIn(word: string): NamedObject | undefined {
  const [kind, name] = word.split("/");
  return name !== undefined && Object.hasOwn(KINDS, kind) ? { kind: KINDS[kind], name } : undefined;
}

/** @throws UsageFailure for a node of a node. */
export function checkWords({ node, pod }: Pick<ExplainArguments, "node" | "pod">): void {
  if (node === undefined || pod === undefined || namedObjectIn(pod)?.kind !== "node") return;
  throw new UsageFailure(`explain ${pod} is about every pod that waits for a node: it takes no ${node}`);
}

/** The node of a word. @throws Failure for one that is not there; it says which names are near. */
export function nodeIn({ nodes }: LoadedCluster["matcher"], word: string): string {
  const name = word.replace(/^(?:nodes?|no)\//, "");
  checkKey(nodes, "node", name);
  return name;
}
