// controllers: a workload's or a pod's templates -> the pods and claims that controllers make of them.

import type { KubeObject } from "../../objects/fields.js";
import { dig, listAt, objectAt, put, textAt } from "../../objects/fields.js";
import type { Kind } from "../../objects/kinds.js";
import { STORED_KINDS } from "../../objects/kinds.js";
import { defaultUid } from "../defaults/identity.js";
import { daemonSpec } from "./daemon-pods.js";
import { countFieldOf } from "./decoding.js";

const POD = STORED_KINDS.get("Pod") as Kind;
const CLAIM = STORED_KINDS.get("PersistentVolumeClaim") as Kind;

export interface MadeObject {
  readonly kind: Kind;
  readonly object: KubeObject;
}

/** How many pods a workload that was decoded has where there are so many nodes. */
export function podCount(workload: KubeObject, nodes: number): number {
  if (textAt(workload, "kind") === "DaemonSet") return nodes;
  const count = dig(workload, "spec", countFieldOf(textAt(workload, "kind")));
  return typeof count === "number" ? Math.max(0, count) : 1;
}

/** A workload's pods by ordinal, each behind the claims of its volumeClaimTemplates; a DaemonSet's by node. */
export function* madeBy(workload: KubeObject, nodes: readonly string[]): Iterable<MadeObject> {
  if (textAt(workload, "kind") === "DaemonSet") {
    for (const node of nodes) {
      const pod = podOf(workload, `${textAt(workload, "metadata", "name")}-${node}`, new Map());
      yield { ...pod, object: put(pod.object, ["spec"], daemonSpec(objectAt(pod.object, "spec"), node)) };
    }
    return;
  }
  const isStatefulSet = textAt(workload, "kind") === "StatefulSet";
  const start = isStatefulSet ? dig(workload, "spec", "ordinals", "start") : undefined;
  const first = typeof start === "number" ? start : 0;
  const templates = isStatefulSet ? listAt(workload, "spec", "volumeClaimTemplates") : [];
  const count = podCount(workload, nodes.length);
  for (let ordinal = first; ordinal < first + count; ordinal++) {
    const podName = `${textAt(workload, "metadata", "name")}-${ordinal}`;
    const claimNames = new Map<string, string>();
    for (const template of templates) {
      const templateName = textAt(template, "metadata", "name");
      const name = `${templateName}-${podName}`;
      claimNames.set(templateName, name);
      yield made(CLAIM, workload, name, template, [], { spec: objectAt(template, "spec") });
    }
    yield podOf(workload, podName, claimNames);
  }
}

/** The claims of a pod's generic ephemeral volumes, owned by it. */
export function ephemeralClaims(pod: KubeObject): MadeObject[] {
  return listAt(pod, "spec", "volumes").flatMap((volume) => {
    const template = dig(volume, "ephemeral", "volumeClaimTemplate");
    if (template === undefined) return [];
    const name = `${textAt(pod, "metadata", "name")}-${textAt(volume, "name")}`;
    return [made(CLAIM, pod, name, template, [referenceTo(pod)], { spec: objectAt(template, "spec") })];
  });
}

function podOf(workload: KubeObject, name: string, claimNames: ReadonlyMap<string, string>): MadeObject {
  const template = objectAt(workload, "spec", "template");
  const claimed = [...claimNames].map(([volume, claimName]) => ({
    name: volume,
    persistentVolumeClaim: { claimName },
  }));
  const others = listAt(template, "spec", "volumes").filter((volume) => !claimNames.has(textAt(volume, "name")));
  const volumes = [...claimed, ...others];
  const spec = objectAt(template, "spec");
  return made(POD, workload, name, template, [referenceTo(workload)], {
    spec: volumes.length === 0 ? spec : { ...spec, volumes },
  });
}

/** An object made from a template: of the template's metadata it has labels and annotations. */
function made(
  kind: Kind,
  owner: KubeObject,
  name: string,
  template: unknown,
  ownerReferences: readonly object[],
  content: KubeObject,
): MadeObject {
  const namespace = textAt(owner, "metadata", "namespace");
  const { annotations, labels } = objectAt(template, "metadata");
  const metadata = {
    name,
    namespace,
    uid: defaultUid(kind, namespace, name),
    ...(labels ? { labels } : {}),
    ...(annotations ? { annotations } : {}),
    ...(ownerReferences.length > 0 ? { ownerReferences } : {}),
  };
  return { kind, object: { apiVersion: kind.apiVersion, kind: kind.name, metadata, ...content } };
}

function referenceTo(owner: KubeObject): object {
  return {
    apiVersion: textAt(owner, "apiVersion"),
    kind: textAt(owner, "kind"),
    name: textAt(owner, "metadata", "name"),
    uid: textAt(owner, "metadata", "uid"),
    controller: true,
    blockOwnerDeletion: true,
  };
}
