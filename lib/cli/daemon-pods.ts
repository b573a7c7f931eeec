// cli: the pods that were read -> those that go with their node and come back with it alone, of which a matcher keeps no sign.

import type { TopologyMatcher } from "../index.js";
import type { WhatIfChange } from "../whatif/change-types.js";
import type { KubeObject } from "./fields.js";
import { dig, isObject, listAt, textAt } from "./fields.js";

const MIRROR = "kubernetes.io/config.mirror";

/** Keys of pods of DaemonSets and of static pods. */
export function podsThatStay(objects: readonly KubeObject[]): string[] {
  const staying = objects.filter((object) => object.kind === "Pod" && (isDaemon(object) || isStatic(object)));
  return staying.map((pod) => `${textAt(pod, "metadata", "namespace")}/${textAt(pod, "metadata", "name")}`);
}

/** The same changes; new nodes get the pods of DaemonSets that the node has which they are like, unless they name pods. */
export function withDaemonPods(
  changes: readonly WhatIfChange[],
  stay: readonly string[],
  matcher: TopologyMatcher,
): readonly WhatIfChange[] {
  return changes.map((change) => {
    const added = isObject(change) ? (change as { readonly addNodes?: unknown }).addNodes : undefined;
    if (!isObject(added) || (added.pods ?? undefined) !== undefined) return change;
    const pods = stay.filter((key) => matcher.pods.get(key)?.spec?.nodeName === added.like);
    return { ...change, addNodes: { ...added, pods } } as unknown as WhatIfChange;
  });
}

function isDaemon(pod: KubeObject): boolean {
  return listAt(pod, "metadata", "ownerReferences").some((owner) => {
    return textAt(owner, "kind") === "DaemonSet" && dig(owner, "controller") === true;
  });
}

function isStatic(pod: KubeObject): boolean {
  return dig(pod, "metadata", "annotations", MIRROR) !== undefined;
}
