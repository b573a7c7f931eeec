// What a careful author writes in ordinary JavaScript: equal affinities are answered once, and an index of label values
// narrows the nodes to be looked at.

import type { NodeLike, PersistentVolumeClaimLike, PersistentVolumeLike } from "../../lib/index.js";
import { countReachedTuned } from "./naive.js";

type Labels = { readonly [key: string]: string };

/** Label key -> value -> the labels of the nodes that have it; made key by key as they are asked for. */
class LabelIndex {
  readonly #byKey = new Map<string, Map<string, Labels[]>>();

  constructor(readonly labels: readonly Labels[]) {}

  nodesWith(key: string, value: string): readonly Labels[] {
    let byValue = this.#byKey.get(key);
    if (byValue === undefined) {
      byValue = new Map();
      for (const labels of this.labels) {
        const found = labels[key];
        if (found === undefined) continue;
        const nodes = byValue.get(found);
        if (nodes === undefined) byValue.set(found, [labels]);
        else nodes.push(labels);
      }
      this.#byKey.set(key, byValue);
    }
    return byValue.get(value) ?? [];
  }
}

function countIndexed(volume: PersistentVolumeLike, index: LabelIndex): number {
  const terms = volume.spec?.nodeAffinity?.required?.nodeSelectorTerms;
  const expressions = terms?.length === 1 ? terms[0].matchExpressions : undefined;
  const narrow = expressions?.find(({ operator }) => operator === "In");
  if (expressions == null || narrow === undefined) return countReachedTuned(volume, index.labels);
  let count = 0;
  for (const value of new Set(narrow.values)) {
    const nodes = index.nodesWith(narrow.key ?? "", value);
    count += expressions.length === 1 ? nodes.length : countReachedTuned(volume, nodes);
  }
  return count;
}

/** How many nodes each claim fits, into `counts`. */
export function countWithMemo(
  nodes: readonly NodeLike[],
  volumes: readonly PersistentVolumeLike[],
  claims: readonly PersistentVolumeClaimLike[],
  counts: Uint32Array,
): void {
  const index = new LabelIndex(nodes.map((node) => node.metadata?.labels ?? {}));
  const byName = new Map(volumes.map((volume) => [volume.metadata?.name, volume]));
  const known = new Map<string, number>();
  for (let i = 0; i < claims.length; i++) {
    const volume = byName.get(claims[i].spec?.volumeName ?? "");
    counts[i] = 0;
    if (volume === undefined) continue;
    const affinity = JSON.stringify(volume.spec?.nodeAffinity) ?? "";
    let count = known.get(affinity);
    if (count === undefined) {
      count = countIndexed(volume, index);
      known.set(affinity, count);
    }
    counts[i] = count;
  }
}
