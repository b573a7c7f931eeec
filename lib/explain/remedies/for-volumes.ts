// explain: a volume that does not serve a claim -> what may be changed of the volume, or of the claim.

import { ANN_BIND_COMPLETED, ANN_BOUND_BY_CONTROLLER, ANN_SELECTED_NODE } from "../../intern/kinds.js";
import type { KubeObject } from "../../objects/fields.js";
import { isObject, listAt, objectAt, textAt } from "../../objects/fields.js";
import type { FailedTerm, ObjectReference, VolumeFault } from "../causes.js";
import type { Change, PatchOperation } from "./change.js";
import { kubectl, patchCommand, pointerOf, replaceCommand, shell } from "./change.js";
import type { Proposal, Reader } from "./remedy.js";

export const claimNamed = (name: string): ObjectReference => ({ kind: "PersistentVolumeClaim", name });
/** The JSON pointer of an annotation. */
export const annotation = (key: string): string => pointerOf(`metadata.annotations[${JSON.stringify(key)}]`);
const volumeNamed = (name: string): ObjectReference => ({ kind: "PersistentVolume", name });

/** Against what keeps a volume from being matched; `immediate`: the volume controller binds them then. */
export function forFault(reader: Reader, claim: string, fault: VolumeFault, immediate: boolean): Proposal[] {
  const volume = volumeNamed(fault.volume);
  const bind = immediate ? bound(claim, fault.volume) : [];
  switch (fault.test) {
    case "released":
    case "reserved":
      return fault.test === "released" ? [freed(claim, fault, immediate)] : [];
    case "size": {
      const wanted = fault.wanted;
      const smaller = remadeClaim(claim, "spec.resources.requests.storage", fault.found, bind);
      const larger: PatchOperation[] = [{ op: "replace", path: "/spec/capacity/storage", value: wanted }];
      return [
        { ...smaller, message: `let claim ${claim} ask for ${fault.found}, which volume ${fault.volume} has` },
        {
          intrusion: "volume",
          message: `let volume ${fault.volume} say ${wanted}`,
          caution: "only where its disk is as large",
          command: patchCommand(volume, larger),
          changes: [{ object: volume, patch: larger }],
          follows: bind,
        },
      ];
    }
    case "class": {
      const remade = remadeClaim(claim, "spec.storageClassName", fault.found, bind);
      return [
        { ...remade, message: `let claim ${claim} be of class ${fault.found || '""'}, as volume ${fault.volume} is` },
      ];
    }
    case "volumeMode": {
      const remade = remadeClaim(claim, "spec.volumeMode", fault.found, bind);
      return [{ ...remade, message: `let claim ${claim} ask for a ${fault.found} volume, as ${fault.volume} is` }];
    }
    case "accessModes": {
      const modes = fault.found === "" ? [] : fault.found.split(", ");
      const remade = remadeClaim(claim, "spec.accessModes", modes, bind);
      return modes.length === 0
        ? []
        : [{ ...remade, message: `let claim ${claim} ask for ${fault.found}, which volume ${fault.volume} has` }];
    }
    case "selector":
      return labelled(reader, claim, fault.volume, bind);
    case "affinity":
      return forAffinity(fault.volume, fault.terms ?? []);
    default:
      return [];
  }
}

/** Against a node affinity whose values no node has. */
export function forAffinity(volume: string, terms: readonly FailedTerm[]): Proposal[] {
  const object = volumeNamed(volume);
  return terms.flatMap(({ requirements }) => {
    const [only, ...more] = requirements;
    if (only === undefined || more.length > 0 || only.operator !== "In") return [];
    const named = only.hints.flatMap((hint) => (hint.code === "NameOfNode" && hint.label !== undefined ? [hint] : []));
    const values = named.length > 0 ? named.map(({ label }) => label) : only.found.map(({ value }) => value);
    const isMistaken = named.length > 0 || only.hints.some(({ code }) => code === "NoNodeHasValue");
    if (!isMistaken || values.length === 0 || !only.path.startsWith("spec.")) return [];
    const patch: PatchOperation[] = [{ op: "add", path: `${pointerOf(only.path)}/values`, value: values }];
    return [
      {
        intrusion: "volume",
        message: `let volume ${volume} want ${only.key} in [${values.join(", ")}]`,
        caution:
          named.length > 0
            ? "a volume's affinity is fixed where the gate MutablePVNodeAffinity is off: make the volume again then"
            : "only where it can be reached from there; fixed where the gate MutablePVNodeAffinity is off",
        command: patchCommand(object, patch),
        changes: [{ object, patch }],
      },
    ];
  });
}

/** A claim made again with another field. Its node, and a volume of that name, are forgotten. */
export function remadeClaim(claim: string, path: string, value: unknown, follows: readonly Change[] = []) {
  const object = claimNamed(claim);
  const patch: PatchOperation[] = [
    value === undefined ? { op: "remove", path: pointerOf(path) } : { op: "add", path: pointerOf(path), value },
  ];
  const caution = "the claim is made again";
  return {
    intrusion: "claim",
    caution,
    command: replaceCommand(object, patch),
    changes: [{ object, patch }],
    follows,
  } as const;
}

/** A claim made again without its volume: where its class binds at once, the provisioner makes one before any pod comes. */
export function emptiedClaim(reader: Reader, claim: string): Proposal[] {
  const object = claimNamed(claim);
  const given = reader.get(object.kind, claim);
  if (given === undefined || textAt(given, "spec", "volumeName") === "") return [];
  const annotations = objectAt(given, "metadata", "annotations");
  const patch: PatchOperation[] = [
    { op: "remove", path: "/spec/volumeName" },
    ...[ANN_BIND_COMPLETED, ANN_BOUND_BY_CONTROLLER, ANN_SELECTED_NODE]
      .filter((key) => annotations[key] !== undefined)
      .map((key): PatchOperation => ({ op: "remove", path: annotation(key) })),
  ];
  const rest = {
    command: replaceCommand(object, patch),
    changes: [{ object, patch }],
    follows: [
      { object, patch: [{ op: "add", path: "/status", value: { phase: "Pending" } }] } as const,
      ...provisioned(reader, claim, given),
    ],
  };
  return annotations[ANN_BIND_COMPLETED] === undefined
    ? [{ intrusion: "claim", message: `make claim ${claim} again without naming a volume`, ...rest }]
    : [
        {
          intrusion: "data",
          message: `make claim ${claim} again without a volume, and restore into it what the old one holds`,
          caution: "what the claim holds now is not in the new volume",
          ...rest,
        },
      ];
}

/** What a provisioner does with a claim whose class binds at once: it makes a volume where the class allows. */
function provisioned(reader: Reader, claim: string, given: KubeObject): Change[] {
  const name = textAt(given, "spec", "storageClassName");
  const storageClass = reader.get("StorageClass", name);
  const provisioner = textAt(storageClass, "provisioner");
  const isDelayed = textAt(storageClass, "volumeBindingMode") === "WaitForFirstConsumer";
  if (isDelayed || provisioner === "" || provisioner === "kubernetes.io/no-provisioner") return [];
  const terms = listAt(storageClass, "allowedTopologies").map((term) => ({
    matchExpressions: listAt(term, "matchLabelExpressions").map((one) => ({ ...(one as object), operator: "In" })),
  }));
  const volume = `made-for-${claim.replace("/", "-")}`;
  const create = {
    metadata: { name: volume },
    spec: {
      storageClassName: name,
      ...(terms.length > 0 && { nodeAffinity: { required: { nodeSelectorTerms: terms } } }),
    },
  };
  return [{ object: volumeNamed(volume), create }, ...bound(claim, volume)];
}

/** A volume that is no longer kept for a claim that is gone. */
function freed(claim: string, { volume }: VolumeFault, immediate: boolean): Proposal {
  const object = volumeNamed(volume);
  const patch: PatchOperation[] = [{ op: "remove", path: "/spec/claimRef" }];
  const available: PatchOperation[] = [{ op: "add", path: "/status/phase", value: "Available" }];
  return {
    intrusion: "state",
    message: `free volume ${volume} from the claim that is gone`,
    caution: "what the volume holds is the next claim's then",
    command: patchCommand(object, patch),
    changes: [{ object, patch }],
    follows: [{ object, patch: available }, ...(immediate ? bound(claim, volume) : [])],
  };
}

/** What the volume controller writes when it binds the two. */
export function bound(claim: string, volume: string): Change[] {
  const [namespace, name] = claim.split("/");
  const binding: PatchOperation[] = [
    { op: "add", path: "/spec/volumeName", value: volume },
    { op: "add", path: annotation(ANN_BIND_COMPLETED), value: "yes" },
    { op: "add", path: "/status/phase", value: "Bound" },
  ];
  const reference: PatchOperation[] = [
    { op: "add", path: "/spec/claimRef", value: { namespace, name } },
    { op: "add", path: "/status/phase", value: "Bound" },
  ];
  return [
    { object: claimNamed(claim), patch: binding },
    { object: volumeNamed(volume), patch: reference },
  ];
}

/** A volume with the labels that a claim selects, or a claim without its selector. */
function labelled(reader: Reader, claim: string, volume: string, follows: readonly Change[]): Proposal[] {
  const object = volumeNamed(volume);
  const selector = objectAt(reader.get("PersistentVolumeClaim", claim), "spec", "selector");
  const labels = selector.matchLabels;
  const proposals: Proposal[] = [
    {
      ...remadeClaim(claim, "spec.selector", undefined, follows),
      message: `make claim ${claim} again without its selector`,
    },
  ];
  if (!isObject(labels)) return proposals;
  const entries = Object.entries(labels).map(([key, value]) => [key, String(value)] as const);
  const patch = entries.map(([key, value]): PatchOperation => {
    return { op: "add", path: pointerOf(`metadata.labels[${JSON.stringify(key)}]`), value };
  });
  const words = entries.map(([key, value]) => shell(`${key}=${value}`));
  return [
    {
      intrusion: "volume",
      message: `label volume ${volume} with ${words.join(", ")}, which claim ${claim} selects`,
      command: kubectl("label", object, "--overwrite", ...words),
      changes: [{ object, patch }],
      follows,
    },
    ...proposals,
  ];
}
