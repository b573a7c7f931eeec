// report: the few kinds of verdicts that a picture tells apart, and which of them each cause belongs to.

import type { CauseCode } from "../explain/causes.js";

/**
 * - `place`: the volume is, or may be made, only elsewhere.
 * - `room`: there is no volume or no room for one, or the node is full.
 * - `node`: the node is closed to the pod.
 * - `claim`: a claim, its class or its volume is at fault, whatever the node.
 * - `error`: the scheduler's cycle ends with an error, or no cause is known.
 */
export const VERDICT_KINDS = ["fits", "place", "room", "node", "claim", "error"] as const;
export type VerdictKind = (typeof VERDICT_KINDS)[number];

interface KindText {
  /** Says the same where colours do not. */
  readonly mark: string;
  readonly text: string;
  /** For a cell that has room for it. */
  readonly word: string;
}

export const KIND_TEXTS: { readonly [Kind in VerdictKind]: KindText } = {
  fits: { mark: "\u25cf", text: "fits", word: "fits" },
  place: { mark: "\u00d7", text: "the volume is elsewhere", word: "elsewhere" },
  room: { mark: "\u2212", text: "no volume or no room", word: "no room" },
  node: { mark: "/", text: "the node is closed to the pod", word: "closed" },
  claim: { mark: "!", text: "claim or class at fault", word: "claim at fault" },
  error: { mark: "?", text: "error or unknown", word: "error" },
};

export const KIND_OF_CAUSE: { readonly [Code in CauseCode]: Exclude<VerdictKind, "fits"> } = {
  VolumeNodeAffinity: "place",
  VolumeZone: "place",
  AllowedTopologies: "place",
  SelectedNode: "place",
  NoVolume: "room",
  NotEnoughCapacity: "room",
  NoCapacityObject: "room",
  Overbooked: "room",
  InsufficientResource: "room",
  TooManyPods: "room",
  AttachLimit: "room",
  DiskInUse: "room",
  ClaimInUse: "room",
  NodeSelector: "node",
  Taint: "node",
  Cordoned: "node",
  DriverMissing: "node",
  AffinityConflict: "node",
  NoNodes: "node",
  VolumeMissing: "claim",
  NamedVolumeUnfit: "claim",
  ClaimMissing: "claim",
  ClaimNotCreated: "claim",
  ClaimNotOwned: "claim",
  ClaimNameMissing: "claim",
  ClaimDeleting: "claim",
  ClaimLost: "claim",
  BindingIncomplete: "claim",
  ClassMissing: "claim",
  ClassWithoutMode: "claim",
  NotProvisioned: "claim",
  Fault: "error",
  Other: "error",
};
