// explain: a volume and a claim -> every test of the scheduler's matching that the volume fails, its place apart.

import { claimShape } from "../filters/volume-binding/claims-to-bind.js";
import { CLAIM, VOLUME } from "../intern/cluster.js";
import { quantityText } from "../intern/numerals.js";
import { EMPTY_TEXT } from "../intern/strings.js";
import type { VolumeFault, VolumeTest } from "./causes.js";
import type { Examination } from "./examination.js";
import { textOf } from "./examination.js";

/** In the unit of amounts that are compared exactly. */
const BYTE = 1_000_000_000n;

/** In the scheduler's order. */
export const TESTS: readonly VolumeTest[] = [
  "class",
  "released",
  "reserved",
  "size",
  "volumeMode",
  "attributesClass",
  "deletion",
  "phase",
  "selector",
  "accessModes",
  "affinity",
  "taken",
];

/** What a claim asks of a volume, read once. */
export interface Request {
  readonly claim: number;
  readonly nanos: bigint;
  /** Undefined where the claim's selector does not convert. */
  readonly selector: number | undefined;
}

export function requestOf({ context }: Examination, claim: number): Request {
  const { amounts, cluster } = context;
  const shape = claimShape(context, claim);
  const selector = typeof shape === "string" ? undefined : shape.selector;
  return { claim, nanos: amounts.nanos(cluster.requestOf(claim)), selector };
}

/** The bits, by place in TESTS, of the tests that a volume fails. O(labels + modes). */
export function failedBits({ context }: Examination, { claim, nanos, selector }: Request, volume: number): number {
  const { amounts, behaviour, cluster, compiler, matching } = context;
  const { blocks, claims, ids, volumes } = cluster;
  let bits = 0;
  const fail = (test: VolumeTest): void => {
    bits |= 1 << TESTS.indexOf(test);
  };
  const hasRef = volumes.get(volume, VOLUME.claimRef) !== 0;
  const ours = hasRef && isOfThatName(context, claim, volume) && cluster.claimRefAllows(volume, claim);
  if (claims.get(claim, CLAIM.class) !== volumes.get(volume, VOLUME.class)) fail("class");
  if (hasRef && !ours) fail(isReleased(context, claim, volume) ? "released" : "reserved");
  if (amounts.nanos(cluster.capacityOf(volume)) < nanos) fail("size");
  const mode = (token: number): number => token || ids.filesystem;
  if (mode(claims.get(claim, CLAIM.volumeMode)) !== mode(volumes.get(volume, VOLUME.volumeMode))) fail("volumeMode");
  const attributes = claims.get(claim, CLAIM.volumeAttributesClassName) || EMPTY_TEXT;
  const offered = volumes.get(volume, VOLUME.volumeAttributesClassName) || EMPTY_TEXT;
  const known = behaviour.gates.get("VolumeAttributesClass") !== false;
  if (attributes !== offered || (!known && offered !== EMPTY_TEXT)) fail("attributesClass");
  if (volumes.get(volume, VOLUME.deletionTimestamp) !== 0) fail("deletion");
  if (ours || hasRef) return bits;
  if (volumes.get(volume, VOLUME.phase) !== ids.available) fail("phase");
  const labels = volumes.get(volume, VOLUME.labels);
  if (selector === undefined) fail("selector");
  else if (
    selector !== compiler.programs.EVERYTHING &&
    !matching.matchesLabels(selector, (key) => blocks.lookup(labels, key))
  ) {
    fail("selector");
  }
  if (missingModes(context, claim, volume).length > 0) fail("accessModes");
  return bits;
}

/** What a failed test is about. */
export function faultOf({ context }: Examination, claim: number, volume: number, test: VolumeTest): VolumeFault {
  const { amounts, cluster } = context;
  const { claims, strings, volumes } = cluster;
  const fault = (path: string, wanted: string, found: string): VolumeFault => {
    return { volume: volumes.keyOf(volume), test, path, wanted, found };
  };
  const column = (path: string, ours: number, theirs: number, absent = ""): VolumeFault => {
    const text = (token: number): string => textOf(cluster, token) || absent;
    return fault(path, text(claims.get(claim, ours)), text(volumes.get(volume, theirs)));
  };
  switch (test) {
    case "class":
      return column("spec.storageClassName", CLAIM.class, VOLUME.class);
    case "released":
    case "reserved": {
      const reference = [VOLUME.refNamespace, VOLUME.refName].map((at) => textOf(cluster, volumes.get(volume, at)));
      return fault(
        isOfThatName(context, claim, volume) ? "spec.claimRef.uid" : "spec.claimRef",
        claims.keyOf(claim),
        reference.join("/"),
      );
    }
    case "size": {
      const text = (token: number): string => (token === 0 ? "0" : quantityText(token, strings));
      const [request, capacity] = [cluster.requestOf(claim), cluster.capacityOf(volume)];
      // Amounts beyond 64 bits are compared as they are.
      const missing = amounts.nanos(request) - amounts.nanos(capacity);
      const missingBytes = Number((missing + BYTE - 1n) / BYTE);
      return { ...fault("spec.capacity.storage", text(request), text(capacity)), missingBytes };
    }
    case "volumeMode":
      return column("spec.volumeMode", CLAIM.volumeMode, VOLUME.volumeMode, "Filesystem");
    case "attributesClass":
      return column(
        "spec.volumeAttributesClassName",
        CLAIM.volumeAttributesClassName,
        VOLUME.volumeAttributesClassName,
      );
    case "deletion":
      return fault("metadata.deletionTimestamp", "", "");
    case "phase":
      return fault("status.phase", "Available", textOf(cluster, volumes.get(volume, VOLUME.phase)));
    case "selector":
      return fault("metadata.labels", "", "");
    case "accessModes": {
      const modes = modesOf(context, volumes.get(volume, VOLUME.accessModes));
      return fault("spec.accessModes", missingModes(context, claim, volume).join(", "), modes.join(", "));
    }
    default:
      return fault("spec.nodeAffinity.required", "", "");
  }
}

type Context = Examination["context"];

function isOfThatName({ cluster: { claims, volumes } }: Context, claim: number, volume: number): boolean {
  return (
    volumes.get(volume, VOLUME.refNamespace) === claims.get(claim, CLAIM.namespace) &&
    volumes.get(volume, VOLUME.refName) === claims.get(claim, CLAIM.name)
  );
}

/** Whether the claim that a volume was another's is gone. */
function isReleased(context: Context, claim: number, volume: number): boolean {
  return isOfThatName(context, claim, volume) || isGivenUp(context, volume);
}

/** Whether the claim in a volume's claimRef is gone, as far as is known. */
export function isGivenUp({ cluster }: Context, volume: number): boolean {
  const { claims, strings, volumes } = cluster;
  if (strings.find("Released") === volumes.get(volume, VOLUME.phase) && strings.find("Released") !== 0) return true;
  const other = claims.find(volumes.get(volume, VOLUME.refNamespace), volumes.get(volume, VOLUME.refName));
  return other >= 0 && !cluster.claimRefAllows(volume, other);
}

function modesOf({ cluster: { blocks, strings } }: Context, modes: number): string[] {
  return Array.from({ length: modes === 0 ? 0 : blocks.at(modes, 0) }, (_, i) => strings.get(blocks.at(modes, i + 1)));
}

function missingModes(context: Context, claim: number, volume: number): string[] {
  const { claims, volumes } = context.cluster;
  const [wanted, offered] = [claims.get(claim, CLAIM.accessModes), volumes.get(volume, VOLUME.accessModes)];
  if (wanted === 0 || wanted === offered) return [];
  const there = modesOf(context, offered);
  return modesOf(context, wanted).filter((mode) => !there.includes(mode));
}
