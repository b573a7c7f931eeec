// controllers: the volume that a claim names -> which of the PV controller's tests it fails, in their order.

import { CLAIM, VOLUME } from "../../intern/cluster.js";
import { quantityText } from "../../intern/numerals.js";
import { EMPTY_TEXT } from "../../intern/strings.js";
import { goQuote } from "../../objects/go-quote.js";
import type { Mismatch } from "./obstacle.js";
import type { ControllerState } from "./state.js";

/** Every test that a free volume fails for a claim. */
export function failedTests(state: ControllerState, volume: number, claim: number): Mismatch[] {
  const { amounts, cluster } = state;
  const { claims, ids, strings, volumes } = cluster;
  const failed: Mismatch[] = [];
  const differ = (test: Mismatch["test"], wanted: number, found: number): void => {
    if (wanted !== found) failed.push({ test, wanted: strings.get(wanted), found: strings.get(found) });
  };
  // kube: R-PVC-3 deletion, size by its integer value, class, attributes class, volume mode, access modes.
  if (volumes.get(volume, VOLUME.deletionTimestamp) !== 0) failed.push({ test: "deletion", wanted: "", found: "" });
  const request = cluster.requestOf(claim);
  const capacity = cluster.capacityOf(volume);
  const missingBytes = amounts.value(request) - amounts.value(capacity);
  if (missingBytes > 0n) {
    const text = (token: number): string => (token === 0 ? "0" : quantityText(token, strings));
    failed.push({ test: "size", wanted: text(request), found: text(capacity), missingBytes });
  }
  differ("class", claims.get(claim, CLAIM.class), volumes.get(volume, VOLUME.class));
  const wanted = claims.get(claim, CLAIM.volumeAttributesClassName) || EMPTY_TEXT;
  const found = volumes.get(volume, VOLUME.volumeAttributesClassName) || EMPTY_TEXT;
  if (state.attributesClasses) differ("attributesClass", wanted, found);
  else if (wanted !== EMPTY_TEXT || found !== EMPTY_TEXT) {
    failed.push({ test: "attributesClass", wanted: strings.get(wanted), found: strings.get(found) });
  }
  differ(
    "volumeMode",
    claims.get(claim, CLAIM.volumeMode) || ids.filesystem,
    volumes.get(volume, VOLUME.volumeMode) || ids.filesystem,
  );
  const modes = textsOf(state, claims.get(claim, CLAIM.accessModes));
  const offered = textsOf(state, volumes.get(volume, VOLUME.accessModes));
  if (!modes.every((mode) => offered.includes(mode))) {
    failed.push({ test: "accessModes", wanted: modes.join(", "), found: offered.join(", ") });
  }
  return failed;
}

/** The sentence of upstream's event for a failed test. */
export function detailOf({ test }: Mismatch, volumeName: string, { attributesClasses }: ControllerState): string {
  switch (test) {
    case "deletion":
      return `the volume is marked for deletion ${goQuote(volumeName)}`;
    case "size":
      return "requested PV is too small";
    case "class":
      return "storageClassName does not match";
    case "attributesClass":
      return attributesClasses
        ? "volumeAttributesClassName does not match"
        : "volumeAttributesClassName is not supported when the feature-gate VolumeAttributesClass is disabled";
    case "volumeMode":
      return "incompatible volumeMode";
    default:
      return "incompatible accessMode";
  }
}

function textsOf({ cluster: { blocks, strings } }: ControllerState, modes: number): string[] {
  const count = modes === 0 ? 0 : blocks.at(modes, 0);
  return Array.from({ length: count }, (_, i) => strings.get(blocks.at(modes, i + 1)));
}
