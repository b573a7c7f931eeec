// cli: workloads and ephemeral volumes -> the pods and claims that controllers would make, in their owner's place.

import type { TopologyMatcher } from "../../index.js";
import { counted, InputFailure } from "../failure.js";
import type { KubeObject } from "../fields.js";
import { dig, listAt, objectAt, textAt } from "../fields.js";
import type { Kind } from "../kinds.js";
import { LIVE_KINDS } from "../kinds.js";
import { defaultUid } from "../uids.js";
import type { DefaultClass } from "./defaults.js";
import { claimWithDefaults } from "./defaults.js";
import type { Settled } from "./settled.js";
import { checkPod, countFieldOf } from "./workload-checks.js";

/** As many pods as Kubernetes is tested with. */
const MAX_PODS = 150_000;

const POD = LIVE_KINDS.get("Pod")!;
const CLAIM = LIVE_KINDS.get("PersistentVolumeClaim")!;

/** Replaces workloads by their pods and claims, and adds the claims of ephemeral volumes of every pod. */
export function expandWorkloads(
  objects: readonly Settled[],
  matcher: TopologyMatcher,
  defaultClass: DefaultClass,
): Settled[] {
  const taken = new Set(objects.map(idOf));
  const settled: Settled[] = [];
  const add = (made: Settled): void => {
    // What exists already wins.
    const id = idOf(made);
    if (taken.has(id)) return;
    taken.add(id);
    settled.push(made);
    if (made.kind === POD) for (const claim of ephemeralClaims(made, defaultClass)) add(claim);
  };
  let pods = 0;
  for (const object of objects) {
    if (object.kind.set === undefined) {
      pods += podCount(object);
      if (pods > MAX_PODS) throw tooMany(object);
      for (const made of madeBy(object, defaultClass)) add(made);
      continue;
    }
    settled.push(object);
    if (object.kind !== POD) continue;
    checkPod(matcher, object.object, { origin: object.origin, subject: `Pod ${object.key}`, prefix: "" });
    for (const claim of ephemeralClaims(object, defaultClass)) add(claim);
  }
  return settled;
}

function idOf({ key, kind }: Settled): string {
  return `${kind.name} ${key}`;
}

function tooMany({ key, kind, object, origin }: Settled): InputFailure {
  const field = countFieldOf(kind);
  const count = dig(object, "spec", field);
  return new InputFailure(
    origin,
    `${kind.name} ${key}: spec.${field} of ${count} makes more than ${counted(MAX_PODS, "pod")} in all`,
  );
}

function podCount({ kind, object }: Settled): number {
  const count = dig(object, "spec", countFieldOf(kind));
  return typeof count === "number" ? Math.max(0, count) : 1;
}

function* madeBy(owner: Settled, defaultClass: DefaultClass): Iterable<Settled> {
  const { object } = owner;
  const isStatefulSet = owner.kind.name === "StatefulSet";
  const start = isStatefulSet ? dig(object, "spec", "ordinals", "start") : undefined;
  const first = typeof start === "number" ? start : 0;
  const templates = isStatefulSet ? listAt(object, "spec", "volumeClaimTemplates") : [];
  const setName = textAt(object, "metadata", "name");
  const count = podCount(owner);
  for (let ordinal = first; ordinal < first + count; ordinal++) {
    const podName = `${setName}-${ordinal}`;
    const claimNames = new Map<string, string>();
    for (const template of templates) {
      const templateName = textAt(template, "metadata", "name");
      const name = `${templateName}-${podName}`;
      claimNames.set(templateName, name);
      yield claimFrom(template, owner, name, [], defaultClass);
    }
    yield podFrom(owner, podName, claimNames);
  }
}

function podFrom(owner: Settled, name: string, claimNames: ReadonlyMap<string, string>): Settled {
  const template = objectAt(owner.object, "spec", "template");
  const claimed = [...claimNames].map(([volume, claimName]) => ({
    name: volume,
    persistentVolumeClaim: { claimName },
  }));
  const others = listAt(template, "spec", "volumes").filter((volume) => !claimNames.has(textAt(volume, "name")));
  const volumes = [...claimed, ...others];
  const spec = objectAt(template, "spec");
  return made(POD, owner, name, template, [ownerReference(owner)], {
    spec: volumes.length === 0 ? spec : { ...spec, volumes },
  });
}

function ephemeralClaims(pod: Settled, defaultClass: DefaultClass): Settled[] {
  return listAt(pod.object, "spec", "volumes").flatMap((volume) => {
    const template = dig(volume, "ephemeral", "volumeClaimTemplate");
    if (template === undefined) return [];
    const name = `${textAt(pod.object, "metadata", "name")}-${textAt(volume, "name")}`;
    return [claimFrom(template, pod, name, [ownerReference(pod)], defaultClass)];
  });
}

function claimFrom(
  template: unknown,
  owner: Settled,
  name: string,
  ownerReferences: readonly object[],
  defaultClass: DefaultClass,
): Settled {
  const claim = made(CLAIM, owner, name, template, ownerReferences, { spec: objectAt(template, "spec") });
  return { ...claim, object: claimWithDefaults(claim.object, defaultClass) };
}

/** An object made from a template: of the template's metadata it has labels and annotations. */
function made(
  kind: Kind,
  owner: Settled,
  name: string,
  template: unknown,
  ownerReferences: readonly object[],
  content: KubeObject,
): Settled {
  const namespace = textAt(owner.object, "metadata", "namespace");
  const { annotations, labels } = objectAt(template, "metadata");
  const metadata = {
    name,
    namespace,
    uid: defaultUid(kind, namespace, name),
    ...(labels ? { labels } : {}),
    ...(annotations ? { annotations } : {}),
    ...(ownerReferences.length > 0 ? { ownerReferences } : {}),
  };
  const object = { apiVersion: kind.apiVersion, kind: kind.name, metadata, ...content };
  return { kind, key: `${namespace}/${name}`, origin: owner.origin, object };
}

function ownerReference({ kind, object }: Settled): object {
  return {
    apiVersion: textAt(object, "apiVersion"),
    kind: kind.name,
    name: textAt(object, "metadata", "name"),
    uid: textAt(object, "metadata", "uid"),
    controller: true,
    blockOwnerDeletion: true,
  };
}
