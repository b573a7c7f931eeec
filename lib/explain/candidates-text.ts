// explain: the volumes that a claim was matched with -> how many failed at which test, and the nearest one, in words.

import type { Candidates, VolumeFault, VolumeTest } from "./causes.js";
import { selectorText } from "./selector-text.js";
import { counted, quoted } from "./words.js";

const FAILED: { readonly [Test in VolumeTest]: string } = {
  class: "of another class",
  taken: "taken by another claim of the pod",
  released: "released by a claim that is gone",
  reserved: "of other claims",
  size: "too small",
  volumeMode: "of another volumeMode",
  attributesClass: "of another VolumeAttributesClass",
  deletion: "being deleted",
  affinity: "out of reach",
  phase: "not Available",
  selector: "not selected",
  accessModes: "without the access modes",
};

/** `3 volumes: 2 too small, 1 out of reach; volume v is too small by 24 bytes: 1Gi is asked for, and it has 1G`. */
export function candidatesText({ failed, nearest, volumes }: Candidates): string {
  const counts = Object.entries(failed).sort(([, a], [, b]) => b - a);
  const told = counts.map(([test, count]) => `${count.toLocaleString("en")} ${FAILED[test as VolumeTest]}`);
  const summary = volumes === 0 ? "there is no volume of that class" : `of ${counted(volumes, "volume")} none fits`;
  const near = nearest === undefined ? "" : `volume ${nearest.volume} ${faultText(nearest)}`;
  if (volumes === 1 && near !== "" && nearest?.test !== "class") return near;
  const all = volumes === 0 ? summary : `${summary} (${told.join(", ")})`;
  return near === "" ? all : `${all}; ${near}`;
}

/** What is wrong with a volume, behind its name. */
export function faultText({ found, missingBytes, path, terms, test, wanted }: VolumeFault): string {
  switch (test) {
    case "class":
      return `is of class ${quoted(found)}, not ${quoted(wanted)}`;
    case "taken":
      return "is taken by another claim of the pod";
    case "released":
      return path.endsWith(".uid")
        ? `is still that of an earlier claim ${found} (Released)`
        : `is still that of claim ${found}, which is gone (Released)`;
    case "reserved":
      return `is that of claim ${found}`;
    case "size": {
      const missing = (missingBytes ?? 0).toLocaleString("en");
      return `is too small by ${missing} bytes: ${wanted} is asked for, and it has ${found}`;
    }
    case "volumeMode":
      return `is a ${found} volume, and ${wanted} is asked for`;
    case "attributesClass":
      return `is of VolumeAttributesClass ${quoted(found)}, not ${quoted(wanted)}`;
    case "deletion":
      return "is being deleted";
    case "affinity":
      return terms === undefined ? "is out of reach" : `is reached only with ${selectorText(terms)}`;
    case "phase":
      return `is ${found === "" ? "in no phase" : found}, not Available`;
    case "selector":
      return "has labels that the claim does not select";
    default:
      return `has not the access modes ${wanted}, but ${found === "" ? "none" : found}`;
  }
}
