// controllers: fields that the PV controller reads off the objects themselves, for want of a column -> whether they are
// what Kubernetes' Go types could decode.

import { TopologyError } from "../../errors.js";
import type { KubeObject } from "../../objects/fields.js";
import { dig, isObject, listAt, typeName } from "../../objects/fields.js";
import { parseQuantity, quantityText } from "../../objects/quantity.js";

type Form = "an object" | "a string" | "a list" | "a list of strings" | "quantities";

const STATUSES: readonly (readonly [path: string, form: Form])[] = [
  ["status.initContainerStatuses", "a list"],
  ["status.containerStatuses", "a list"],
  ["status.ephemeralContainerStatuses", "a list"],
];

const FIELDS: ReadonlyMap<string, readonly (readonly [path: string, form: Form])[]> = new Map([
  [
    "PersistentVolume",
    [
      ["metadata.finalizers", "a list of strings"],
      ["spec.csi", "an object"],
      ["spec.nfs", "an object"],
      ["spec.hostPath", "an object"],
      ["spec.hostPath.path", "a string"],
    ],
  ],
  [
    "PersistentVolumeClaim",
    [
      ["spec.dataSource", "an object"],
      ["status.accessModes", "a list of strings"],
      ["status.capacity", "quantities"],
      ["status.currentVolumeAttributesClassName", "a string"],
    ],
  ],
  ["StorageClass", [["mountOptions", "a list of strings"]]],
  ["Pod", STATUSES],
]);

/** `name`: the object's, for the sentence. @throws TopologyError `Malformed`. */
export function checkLiveFields(kind: string, name: string, object: KubeObject): void {
  for (const [path, form] of FIELDS.get(kind) ?? []) {
    const value = dig(object, ...path.split("."));
    if (value === undefined) continue;
    const fault = faultOf(value, form);
    if (fault !== undefined) throw new TopologyError("Malformed", `${kind} ${name}: ${path} ${fault}`, path);
  }
}

function faultOf(value: unknown, form: Form): string | undefined {
  const must = `must be ${form}, but is ${typeName(value)}`;
  switch (form) {
    case "an object":
      return isObject(value) ? undefined : must;
    case "a string":
      return typeof value === "string" ? undefined : must;
    case "a list":
      return Array.isArray(value) ? undefined : must;
    case "a list of strings": {
      if (!Array.isArray(value)) return must;
      const other = listAt({ value }, "value").find((item) => typeof item !== "string" && item !== null);
      return other === undefined ? undefined : `must be ${form}, but has ${typeName(other)}`;
    }
    default:
      return isObject(value) ? faultOfQuantities(value) : `must be a map, but is ${typeName(value)}`;
  }
}

function faultOfQuantities(amounts: KubeObject): string | undefined {
  for (const [resource, amount] of Object.entries(amounts)) {
    if (amount === null || amount === undefined) continue;
    const text = typeof amount === "string" || typeof amount === "number" ? quantityText(amount) : undefined;
    if (text === undefined) return `has ${typeName(amount)} for ${resource}, which is no quantity`;
    try {
      parseQuantity(text);
    } catch (error) {
      return `has no quantity for ${resource}: ${(error as Error).message}`;
    }
  }
  return undefined;
}
