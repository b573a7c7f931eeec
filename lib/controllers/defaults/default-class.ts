// controllers: storage classes -> the one that claims get which name none.

import type { KubeObject } from "../../objects/fields.js";
import { dig, textAt } from "../../objects/fields.js";
import { compareUtf8 } from "../../objects/utf8.js";

const ANNOTATIONS = ["storageclass.kubernetes.io/is-default-class", "storageclass.beta.kubernetes.io/is-default-class"];

/** The name of the default class, or undefined. */
export function defaultClassOf(storageClasses: readonly KubeObject[]): string | undefined {
  const defaults = storageClasses
    .filter((storageClass) =>
      ANNOTATIONS.some((key) => textAt(storageClass, "metadata", "annotations", key) === "true"),
    )
    .map((storageClass) => ({
      name: textAt(storageClass, "metadata", "name"),
      created: instantOf(dig(storageClass, "metadata", "creationTimestamp")),
    }));
  // kube: R-PVC-2 the newest of the default classes, then the first by name.
  defaults.sort((a, b) => b.created - a.created || compareUtf8(a.name, b.name));
  return defaults[0]?.name;
}

/** Milliseconds of a time that is known to be one; without one an object is older than all that have one. */
function instantOf(time: unknown): number {
  if (time instanceof Date) return time.getTime();
  if (typeof time !== "string" || time === "") return Number.NEGATIVE_INFINITY;
  // Go takes an hour of one digit and a comma, which Date does not.
  const instant = Date.parse(time.replace(",", ".").replace(/T(\d):/, "T0$1:"));
  return Number.isNaN(instant) ? Number.NEGATIVE_INFINITY : instant;
}
