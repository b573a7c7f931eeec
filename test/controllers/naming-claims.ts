// Claims that name a volume, bound or not yet.

import type { Case } from "./case.js";
import { COMPLETED, claim, volume } from "./objects.js";

const COMPLETE = { [COMPLETED]: "yes" };

export const NAMING: readonly Case[] = [
  {
    title: "R-PVC-3: each test in its turn, and a volume that passes is bound though its phase or labels are wrong",
    objects: [
      volume("going", { size: "1Gi", metadata: { deletionTimestamp: "2026-01-01T00:00:00Z" } }),
      volume("small", { size: "4Gi", class: "made" }),
      volume("class", { class: "made", spec: { volumeMode: "Block" } }),
      volume("gold", { spec: { volumeAttributesClassName: "gold", volumeMode: "Block" } }),
      volume("block", { spec: { volumeMode: "Block" }, modes: ["ReadOnlyMany"] }),
      volume("modes", { modes: ["ReadOnlyMany"] }),
      volume("fits", { phase: "Failed" }),
      ...["going", "small", "class", "gold", "block", "modes", "fits", "missing"].map((volumeName) =>
        claim(`c-${volumeName}`, { volumeName, spec: { selector: { matchLabels: { x: "y" } } } }),
      ),
    ],
    expected: {
      "c-going": "Pending going",
      "c-small": "Pending small",
      "c-fits": "Bound fits",
      fits: "Bound c-fits by controller",
      "c-missing": "Pending missing",
      gold: "Available",
    },
    events: [
      'c-going VolumeMismatch: Cannot bind to requested volume "going": the volume is marked for deletion "going"',
      'c-small VolumeMismatch: Cannot bind to requested volume "small": requested PV is too small',
      'c-class VolumeMismatch: Cannot bind to requested volume "class": storageClassName does not match',
      'c-gold VolumeMismatch: Cannot bind to requested volume "gold": volumeAttributesClassName does not match',
      'c-block VolumeMismatch: Cannot bind to requested volume "block": incompatible volumeMode',
      'c-modes VolumeMismatch: Cannot bind to requested volume "modes": incompatible accessMode',
    ],
  },
  {
    title: "R-PVC-3: one of several access modes is not all of them",
    objects: [volume("v"), claim("c", { volumeName: "v", modes: ["ReadWriteOnce", "ReadOnlyMany"] })],
    expected: { c: "Pending v", v: "Available" },
    events: ['c VolumeMismatch: Cannot bind to requested volume "v": incompatible accessMode'],
  },
  {
    title: "R-PVC-3: sizes are compared as integers, so that a fraction of a byte is no obstacle",
    objects: [volume("v", { size: "5368709119500m" }), claim("c", { volumeName: "v", size: "5Gi" })],
    expected: { c: "Bound v", v: "Bound c by controller" },
  },
  {
    title: "R-PVC-3: a volume that is meant for the claim is taken without tests, another's is not",
    objects: [
      volume("mine", { size: "1Gi", class: "made", ref: ["c"] }),
      volume("taken", { ref: ["someone", "uid-someone"], phase: "Bound" }),
      claim("someone", { volumeName: "taken", annotations: COMPLETE, phase: "Bound" }),
      claim("c", { volumeName: "mine" }),
      claim("d", { volumeName: "taken" }),
    ],
    expected: { c: "Bound mine", mine: "Bound c", d: "Pending taken", taken: "Bound someone" },
    events: ['d FailedBinding: volume "taken" already bound to a different claim.'],
  },
  {
    title: "R-PVC-4: a gate that is off refuses attributes classes on either side",
    objects: [
      volume("v", { spec: { volumeAttributesClassName: "gold" } }),
      claim("c", { volumeName: "v", spec: { volumeAttributesClassName: "gold" } }),
      claim("d", { spec: { volumeAttributesClassName: "gold" } }),
    ],
    expected: { c: "Pending v", d: "Pending", v: "Available" },
    events: [
      'c VolumeMismatch: Cannot bind to requested volume "v": volumeAttributesClassName is not supported when the feature-gate VolumeAttributesClass is disabled',
    ],
    options: { kubernetes: "1.33" },
  },
  {
    title: "R-PVC-5: a bound claim is Lost when it names no volume, one that is not there, or another's",
    objects: [
      volume("v", { ref: ["other", "uid-other"], phase: "Bound" }),
      volume("named", { ref: ["by-name"] }),
      claim("other", { annotations: COMPLETE, volumeName: "v", phase: "Bound" }),
      claim("open", { annotations: COMPLETE, phase: "Bound" }),
      claim("gone", { annotations: COMPLETE, volumeName: "gone", phase: "Bound" }),
      claim("second", { annotations: COMPLETE, volumeName: "v", phase: "Bound" }),
      claim("by-name", { annotations: COMPLETE, volumeName: "named", phase: "Bound" }),
    ],
    expected: {
      open: "Lost",
      gone: "Lost gone",
      second: "Lost v",
      other: "Bound v",
      v: "Bound other",
      "by-name": "Lost named",
    },
    events: [
      "open ClaimLost: Bound claim has lost reference to PersistentVolume. Data on the volume is lost!",
      "gone ClaimLost: Bound claim has lost its PersistentVolume. Data on the volume is lost!",
      "second ClaimMisbound: Two claims are bound to the same volume, this one is bound incorrectly",
      "by-name ClaimMisbound: Two claims are bound to the same volume, this one is bound incorrectly",
    ],
  },
  {
    title: "R-PVC-5: so is one that was bound and says of itself that it is Pending",
    objects: [claim("gone", { annotations: COMPLETE, volumeName: "gone" })],
    expected: { gone: "Lost gone" },
    events: ["gone ClaimLost: Bound claim has lost its PersistentVolume. Data on the volume is lost!"],
  },
  {
    title: "R-PVC-5: a claim is bound again to a volume without claimRef, or with its uid, though it was Lost",
    objects: [
      volume("a"),
      volume("b", { ref: ["d", "uid-d"] }),
      claim("c", { annotations: COMPLETE, volumeName: "a", phase: "Lost" }),
      claim("d", { annotations: COMPLETE, volumeName: "b", phase: "Lost" }),
    ],
    expected: { c: "Bound a", a: "Bound c by controller", d: "Bound b", b: "Bound d" },
  },
];
