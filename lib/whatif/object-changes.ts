// whatif: classes, claims and any other objects that are changed, put in or taken out.

import type { ObjectLike, ObjectSet, SetName, StorageClassLike, TopologyMatcher } from "../index.js";
import { KINDS } from "../intern/kinds.js";
import { badArgument } from "../objects/arguments.js";
import { whereabouts } from "../objects/near-keys.js";
import type { Given } from "./given.js";

const SETS: ReadonlyMap<string, SetName> = new Map(
  Object.entries(KINDS).map(([set, { kind }]) => [kind, set as SetName]),
);

export function changeClass(matcher: TopologyMatcher, given: Given): void {
  const [name, provisioner, mode, topologies] = given.fields(
    ...["name", "provisioner", "volumeBindingMode", "allowedTopologies"],
  );
  const found = matcher.storageClasses.get(name.text());
  if (found === undefined) throw absent(name, "storage class", matcher.storageClasses.keys());
  const changed: { -readonly [Field in keyof StorageClassLike]: StorageClassLike[Field] } = { ...found };
  if (!provisioner.isMissing) changed.provisioner = provisioner.text();
  if (!mode.isMissing) changed.volumeBindingMode = mode.text();
  if (topologies.value !== undefined) {
    changed.allowedTopologies = topologies.value as StorageClassLike["allowedTopologies"];
  }
  matcher.storageClasses.upsert(changed);
}

export function addClaim(matcher: TopologyMatcher, given: Given): void {
  const [claim, storage, storageClass, modes] = given.fields("claim", "storage", "storageClassName", "accessModes");
  const { name, namespace } = keyOf(claim);
  putClaim(matcher, claim, { namespace, name }, storage.quantity(), storageClass, modes, {});
}

export function resizeClaim(matcher: TopologyMatcher, given: Given): void {
  const [claim, storage] = given.fields("claim", "storage");
  const found = matcher.persistentVolumeClaims.get(claim.text());
  if (found === undefined) throw absent(claim, "claim", matcher.persistentVolumeClaims.keys());
  const requests = { ...found.spec?.resources?.requests, storage: storage.quantity() };
  const spec = { ...found.spec, resources: { ...found.spec?.resources, requests } };
  matcher.persistentVolumeClaims.upsert({ ...found, spec });
}

export function restoreSnapshot(matcher: TopologyMatcher, given: Given): void {
  const [snapshot, claim, storageClass, storage, modes] = given.fields(
    ...["snapshot", "claim", "storageClassName", "storage", "accessModes"],
  );
  const { name, namespace } = keyOf(snapshot);
  const found = matcher.volumeSnapshots.get(snapshot.text());
  if (found === undefined) throw absent(snapshot, "volume snapshot", matcher.volumeSnapshots.keys());
  const size = storage.isMissing ? found.status?.restoreSize : storage.quantity();
  if (size === undefined || size === null) {
    throw badArgument(storage.path, `${storage.path} is missing, and snapshot ${snapshot.text()} has no restoreSize`);
  }
  const dataSource = { apiGroup: "snapshot.storage.k8s.io", kind: "VolumeSnapshot", name };
  const sources = { dataSource, dataSourceRef: dataSource };
  if (claim.text().includes("/")) throw claim.refused("a name: the claim is in the snapshot's namespace");
  putClaim(matcher, claim, { namespace, name: claim.text() }, size, storageClass, modes, sources);
}

function putClaim(
  matcher: TopologyMatcher,
  given: Given,
  metadata: { readonly namespace: string; readonly name: string },
  storage: string | number,
  storageClass: Given,
  modes: Given,
  more: object,
): void {
  const key = `${metadata.namespace}/${metadata.name}`;
  if (matcher.persistentVolumeClaims.has(key)) {
    throw badArgument(given.path, `${given.path}: there is a claim ${key} already: use resizeClaim or upsert`);
  }
  const spec = {
    accessModes: modes.isMissing ? ["ReadWriteOnce"] : modes.texts(),
    storageClassName: storageClass.optionalText(),
    volumeMode: "Filesystem",
    resources: { requests: { storage } },
    ...more,
  };
  matcher.persistentVolumeClaims.upsert({ metadata, spec, status: { phase: "Pending" } });
}

/** The kind of an object and its key; "" for a kind that is not held. */
export function givenObject(given: Given): {
  readonly kind: string;
  readonly key: string;
  readonly object: ObjectLike;
} {
  const object = given.object() as ObjectLike & { readonly kind?: unknown };
  const kind = typeof object.kind === "string" ? object.kind : "";
  const { name, namespace } = object.metadata ?? {};
  const set = SETS.get(kind);
  if (set === undefined) return { kind, key: "", object };
  return { kind, key: KINDS[set].namespaced ? `${namespace || "default"}/${name}` : `${name}`, object };
}

/** @throws TopologyError `BadArgument` for an object that is not there. */
export function deletedObject(matcher: TopologyMatcher, given: Given): { readonly kind: string; readonly key: string } {
  const [kind, namespace, name] = given.fields("kind", "namespace", "name");
  const set = setOf(matcher, kind.text(), kind.path);
  const { namespaced } = KINDS[SETS.get(kind.text()) as SetName];
  const key = namespaced ? `${namespace.optionalText() ?? "default"}/${name.text()}` : name.text();
  if (!set.has(key))
    throw badArgument(name.path, `${name.path}: there is no ${kind.text()} ${key}${whereabouts(key, set.keys())}`);
  return { kind: kind.text(), key };
}

/** The objects of a kind. @throws TopologyError `BadArgument` for one that is not held. */
export function setOf(matcher: TopologyMatcher, kind: string, path: string): ObjectSet<ObjectLike> {
  const set = SETS.get(kind);
  if (set !== undefined) return matcher[set] as ObjectSet<ObjectLike>;
  const what = kind === "" ? "the object says no kind" : `kind ${kind} is not held by a matcher`;
  throw badArgument(path, `${path}: ${what}${whereabouts(kind, SETS.keys())}`);
}

function keyOf(given: Given): { readonly namespace: string; readonly name: string } {
  const [namespace, name, ...rest] = given.text().split("/");
  if (name === undefined) return { namespace: "default", name: namespace };
  if (rest.length === 0 && namespace !== "" && name !== "") return { namespace, name };
  throw given.refused("NAMESPACE/NAME");
}

function absent(given: Given, what: string, known: Iterable<string>) {
  return badArgument(
    given.path,
    `${given.path}: there is no ${what} ${given.text()}${whereabouts(given.text(), known)}`,
  );
}
