// lint: terms that no node meets -> a hostname in them that is a node's name, but not its label.

import type { WrittenTerm } from "../explain/written-terms.js";
import type { Cluster } from "../intern/cluster.js";
import { EMPTY_TEXT } from "../intern/strings.js";
import type { NodeLabels } from "./node-labels.js";

export const HOSTNAME = "kubernetes.io/hostname";

export interface NamedNode {
  readonly field: string;
  readonly name: string;
  /** The hostname label of the node of that name, if it has one. */
  readonly label: string | undefined;
}

export function namedNode({ nodes, strings }: Cluster, labels: NodeLabels, terms: readonly WrittenTerm[]) {
  for (const { requirements } of terms) {
    for (const { field, key, operator, path, values } of requirements) {
      if (field || key !== HOSTNAME || operator !== "In") continue;
      for (const name of values) {
        const node = nodes.find(EMPTY_TEXT, strings.find(name));
        if (node < 0 || labels.count(HOSTNAME, name) > 0) continue;
        const named: NamedNode = { field: path, name, label: labels.valueOn(node, HOSTNAME) };
        return named;
      }
    }
  }
  return undefined;
}
