// Every text that the plugins can show, with what varies left out.

export type Outcome = "reason of a node" | "reason of a pod" | "error of a pod";

export interface Template {
  readonly outcome: Outcome;
  readonly name: string;
  readonly pattern: RegExp;
  /** Who shows it; VolumeBinding, or any plugin, unless given. */
  readonly plugin?: string;
  /** Only clusters with in-tree volumes show it: of what is recorded the sequences have them. */
  readonly inTree?: true;
  /** Only clusters with arguments of plugins show it, of which nothing is recorded. */
  readonly argued?: true;
  /** The oldest and the newest minor that show it; every minor unless given. */
  readonly since?: number;
  readonly until?: number;
}

const FILTER = 'running "VolumeBinding" filter plugin: ';
const SELECTOR = `${FILTER}error creating internal label selector for claim: `;
const LIMITS_FILTER = 'running "NodeVolumeLimits" filter plugin: ';
const PRE_FILTER = 'running PreFilter plugin "VolumeBinding": ';

/** What ends a claim's selector; one text may hold several. */
const SELECTOR_DETAILS: readonly (readonly [name: string, pattern: RegExp])[] = [
  ["%q is not a valid label selector operator", /: "(?:[^"\\]|\\.)*" is not a valid label selector operator$/s],
  ["key: more than one slash", /(?:a valid label key|a qualified name) must consist of/],
  ["key: prefix part must be non-empty", /prefix part must be non-empty/],
  ["key: prefix part must be no more than 253 bytes", /prefix part must be no more than 253 (?:bytes|characters)/],
  ["key: prefix part a lowercase RFC 1123 subdomain", /prefix part a lowercase RFC 1123 subdomain must consist of/],
  ["key: name part must be non-empty", /name part must be non-empty/],
  ["key: name part must be no more than 63 bytes", /name part must be no more than 63 (?:bytes|characters)/],
  ["key: name part must consist of", /name part must consist of/],
  ["values: set can't be empty", /for 'in', 'notin' operators, values set can't be empty/],
  ["values: set must be empty", /values set must be empty for exists and does not exist/],
  ["values[]: must be no more than 63 bytes", /values\[\d+\]\[.*": must be no more than 63 (?:bytes|characters)/s],
  ["values[]: a valid label must be", /a valid label must be an empty string or consist of/],
];

/** Why an in-tree volume does not translate to CSI. */
const TRANSLATION_DETAILS: readonly RegExp[] = [
  /failed to translate Kubernetes ID to EBS Volume ID Invalid disk name/,
  /failed to translate Kubernetes ID to EBS Volume ID Invalid format for AWS volume/,
  /failed to get region from zones: zone in unexpected format/,
  /failed to get region from zones: multiple or no regions/,
  /kind\(.*\) is not supported in csi migration/,
];

const READ_WRITE_ONCE_POD =
  "node(s) unavailable due to PersistentVolumeClaim with ReadWriteOncePod access mode already in-use by another pod";
const READ_WRITE_ONCE_POD_OF_33 =
  "node has pod using PersistentVolumeClaim with the same name and ReadWriteOncePod access mode";

export const TEMPLATES: readonly Template[] = [
  {
    outcome: "reason of a node",
    plugin: "NodeAffinity",
    argued: true,
    name: "node(s) didn't match scheduler-enforced node affinity",
    pattern: whole("node(s) didn't match scheduler-enforced node affinity"),
  },
  ...[
    "node(s) didn't match PersistentVolume's node affinity",
    "node(s) didn't find available persistent volumes to bind",
    "node(s) did not have enough free storage",
    "node(s) unavailable due to one or more pvc(s) bound to non-existent pv(s)",
  ].map((name): Template => ({ outcome: "reason of a node", name, pattern: whole(name) })),
  ...(
    [
      ["NodeUnschedulable", "node(s) were unschedulable"],
      ["NodeAffinity", "node(s) didn't match Pod's node affinity/selector"],
      ["NodeAffinity", "node(s) didn't satisfy plugin(s) [NodeAffinity]"],
      ["NodeResourcesFit", "Too many pods"],
      ["NodeResourcesFit", "Insufficient cpu"],
      ["NodeResourcesFit", "Insufficient memory"],
      ["NodeResourcesFit", "Insufficient ephemeral-storage"],
      ["VolumeRestrictions", "node(s) had no available disk"],
      ["NodeVolumeLimits", "node(s) exceed max volume count"],
      ["NodeVolumeLimits", "%s CSI driver is not installed on the node"],
      ["VolumeZone", "node(s) had no available volume zone"],
      ["NodeVolumeLimits", "looking up PVC %s: persistentvolumeclaim %q not found"],
    ] as const
  ).map(([plugin, name]): Template => ({ outcome: "reason of a node", name, pattern: whole(name), plugin })),
  {
    outcome: "reason of a node",
    name: "Insufficient of a scalar resource",
    pattern: /^Insufficient (?!cpu$|memory$|ephemeral-storage$)\S+$/,
    plugin: "NodeResourcesFit",
  },
  ...[
    "PersistentVolumeClaim had no name",
    "PVC %s was not created for pod %s (pod is not owner)",
    "converting volume(%s) from inline to csi: kind(%s) is not supported in csi migration",
    "converting volume(%s) from inline to csi: failed to translate Kubernetes ID to EBS Volume ID Invalid format for AWS volume (%s)",
  ].map((text): Template => {
    const name = `${LIMITS_FILTER}${text}`;
    return { outcome: "error of a pod", name, pattern: whole(name), plugin: "NodeVolumeLimits" };
  }),
  ...[
    "persistentvolumeclaim %q not found",
    "waiting for ephemeral volume controller to create the persistentvolumeclaim %q",
    "persistentvolumeclaim %q bound to non-existent persistentvolume %q",
    "persistentvolumeclaim %q is being deleted",
    "PVC %s was not created for pod %s (pod is not owner)",
    "pod has unbound immediate PersistentVolumeClaims",
  ].map((name): Template => ({ outcome: "reason of a pod", name, pattern: whole(name) })),
  ...[
    "PersistentVolumeClaim had no name",
    "PersistentVolumeClaim had no pv name and storageClass name",
    "PersistentVolume had no name",
    "persistentvolume %q not found",
    "storageclass.storage.k8s.io %q not found",
    "VolumeBindingMode not set for StorageClass %q",
  ].map((name): Template => ({ outcome: "reason of a pod", name, pattern: whole(name), plugin: "VolumeZone" })),
  {
    outcome: "reason of a pod",
    name: "pod affinity terms conflict",
    pattern: whole("pod affinity terms conflict"),
    plugin: "NodeAffinity",
  },
  {
    outcome: "reason of a node",
    name: "node(s) had untolerated taint(s)",
    pattern: whole("node(s) had untolerated taint(s)"),
    since: 34,
    plugin: "TaintToleration",
  },
  {
    outcome: "reason of a node",
    name: "node(s) had untolerated taint {%s: %s}",
    pattern: /^node\(s\) had untolerated taint \{.*: .*\}$/s,
    until: 33,
    plugin: "TaintToleration",
  },
  {
    outcome: "reason of a node",
    name: READ_WRITE_ONCE_POD,
    pattern: whole(READ_WRITE_ONCE_POD),
    since: 34,
    plugin: "VolumeRestrictions",
  },
  {
    outcome: "reason of a node",
    name: READ_WRITE_ONCE_POD_OF_33,
    pattern: whole(READ_WRITE_ONCE_POD_OF_33),
    until: 33,
    plugin: "VolumeRestrictions",
  },
  ...["no nodes available to schedule pods", `${PRE_FILTER}VolumeBindingMode not set for StorageClass %q`].map(
    (name): Template => ({ outcome: "error of a pod", name, pattern: whole(name) }),
  ),
  {
    outcome: "error of a pod",
    name: `${FILTER}unsupported volumeAttributesClassName is set on claim %s when the feature-gate ... is disabled`,
    pattern: whole(
      `${FILTER}unsupported volumeAttributesClassName is set on claim %s when the feature-gate ` +
        "VolumeAttributesClass is disabled",
    ),
    until: 35,
  },
  ...TRANSLATION_DETAILS.map((detail): Template => {
    const pattern = new RegExp(`^${escaped(`${FILTER}could not translate pv: `)}${detail.source}`, "s");
    const name = `${FILTER}could not translate pv: ${detail.source}`;
    return { outcome: "error of a pod", name, pattern, inTree: true };
  }),
  ...SELECTOR_DETAILS.map(([name, pattern]): Template => {
    const behind = new RegExp(`^${escaped(SELECTOR)}.*${pattern.source}`, "s");
    return { outcome: "error of a pod", name: `... label selector for claim: %s: ${name}`, pattern: behind };
  }),
];

/** Each text is looked up once. */
const known = new Map<string, readonly string[]>();
const MOST_KNOWN = 50_000;

/** The names of the templates that a text is an example of; the text itself where it is of none. */
export function templatesOf(outcome: Outcome, text: string): readonly string[] {
  const key = `${outcome}\n${text}`;
  let names = known.get(key);
  if (names === undefined) {
    const found = TEMPLATES.filter((template) => template.outcome === outcome && template.pattern.test(text));
    names = found.length > 0 ? found.map(({ name }) => name) : [`UNKNOWN: ${text}`];
    if (known.size >= MOST_KNOWN) known.clear();
    known.set(key, names);
  }
  return names;
}

function whole(name: string): RegExp {
  const quoted = '"(?:[^"\\\\]|\\\\.)*"';
  return new RegExp(`^${escaped(name).replaceAll("%q", quoted).replaceAll("%s", "\\S+")}$`, "s");
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
