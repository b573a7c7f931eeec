// controllers: classes whose driver tracks capacity -> what is known of it before anything runs, or taken for granted.

import type { KubeObject } from "../../objects/fields.js";
import { dig, textAt } from "../../objects/fields.js";
import type { Kind } from "../../objects/kinds.js";
import { STORED_KINDS } from "../../objects/kinds.js";
import { defaultUid } from "../defaults/identity.js";
import type { Item } from "./item.js";

const CAPACITY = STORED_KINDS.get("CSIStorageCapacity") as Kind;

/** As much as a quantity holds: no request is larger. */
const PLENTY = "9223372036854775807";

export interface TrackedClass {
  readonly name: string;
  readonly driver: string;
  /** Whether any CSIStorageCapacity object says something of it. */
  readonly known: boolean;
  /** The given object that it is. */
  readonly index: number;
}

/** The classes whose driver tracks capacity. */
export function trackedClasses(items: readonly Item[]): TrackedClass[] {
  const of = (kind: string): Item[] => items.filter((item) => item.kind.name === kind);
  const tracking = new Set(
    of("CSIDriver").flatMap(({ key, object }) => (dig(object, "spec", "storageCapacity") === true ? [key] : [])),
  );
  const known = new Set(of("CSIStorageCapacity").map(({ object }) => textAt(object, "storageClassName")));
  return of("StorageClass").flatMap(({ index, key, object }) => {
    const driver = textAt(object, "provisioner");
    return tracking.has(driver) ? [{ name: key, driver, known: known.has(key), index }] : [];
  });
}

/** An object that says that a class has room on every node. */
export function assumedCapacity({ index, name }: TrackedClass, namespace: string, taken: ReadonlySet<string>): Item {
  let own = `assumed-${name}`;
  while (taken.has(`${namespace}/${own}`)) own += "-";
  const object: KubeObject = {
    apiVersion: CAPACITY.apiVersion,
    kind: CAPACITY.name,
    metadata: { name: own, namespace, uid: defaultUid(CAPACITY, namespace, own) },
    storageClassName: name,
    nodeTopology: {},
    capacity: PLENTY,
  };
  return { kind: CAPACITY, key: `${namespace}/${own}`, index, lacksUid: true, object };
}
