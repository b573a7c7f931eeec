// 18.3, volumes that do not translate: an error on the nodes where their plugin has moved to CSI.

import {
  boundPair,
  claim,
  type KubeObject,
  limitedClass,
  movedPlugins,
  node,
  pod,
  type VolumeOptions,
} from "../build.js";
import { AFF, type ConformanceCase, type Expectation, FILTER_ERROR, NOPV, SPACE } from "../case.js";

const ZONE = "topology.kubernetes.io/zone";
const ZONE_BETA = "failure-domain.beta.kubernetes.io/zone";
const GKE_ZONE = "topology.gke.io/zone";
const COULD_NOT = `${FILTER_ERROR}could not translate pv: `;
const EBS_ERROR = `${COULD_NOT}failed to translate Kubernetes ID to EBS Volume ID `;
const GCE_ERROR = `${COULD_NOT}failed to get region from zones: `;

const two: readonly KubeObject[] = [
  node("moved"),
  node("still"),
  movedPlugins("moved", ["aws-ebs", "gce-pd", "azure-disk"]),
];

function onMoved(id: string, title: string, options: VolumeOptions, error: string | undefined): ConformanceCase {
  const feasible = error === undefined ? ["moved", "still"] : ["still"];
  return {
    id,
    title,
    rules: ["R-MIG-7"],
    objects: [...two, ...boundPair(options), pod("c")],
    expect: { feasible, ...(error !== undefined && { error }) },
  };
}

function azure(title: string, kind: string | undefined, error?: string): ConformanceCase {
  const azureDisk = { diskName: "d", diskURI: "/d", ...(kind !== undefined && { kind }) };
  return onMoved("T-074", title, { spec: { azureDisk } }, error);
}

function ebs(title: string, volumeID: string, error?: string): ConformanceCase {
  const id = volumeID.startsWith("aws://") ? "T-075" : "T-261";
  return onMoved(id, title, { spec: { awsElasticBlockStore: { volumeID } } }, error && `${EBS_ERROR}${error}`);
}

function gce(title: string, label: string, error?: string): ConformanceCase {
  const options = { spec: { gcePersistentDisk: { pdName: "pd" } }, labels: { [ZONE]: label } };
  if (error !== undefined) return onMoved("T-262", title, options, `${GCE_ERROR}${error}`);
  const ok = onMoved("T-262", title, options, undefined);
  return { ...ok, expect: { feasible: ["still"], infeasible: { moved: [AFF] } } };
}

const BAD = { awsElasticBlockStore: { volumeID: "aws://a/disk-1" } };
const BAD_TEXT = `${EBS_ERROR}Invalid format for AWS volume (aws://a/disk-1)`;

/** Two bound claims, the second of a volume that does not translate, on three nodes of which two have moved. */
function second(title: string, rules: readonly string[], first: readonly KubeObject[], expect: Expectation) {
  return {
    id: "T-075",
    title,
    rules,
    objects: [
      node("n1", { zone: "a" }),
      node("n2", { zone: "b" }),
      node("n3", { zone: "a" }),
      movedPlugins("n1", ["aws-ebs"]),
      movedPlugins("n2", ["aws-ebs"]),
      ...boundPair({ spec: BAD }),
      ...first,
      pod("d", "c"),
    ],
    expect,
  };
}

export const cases: readonly ConformanceCase[] = [
  azure(
    "a dedicated Azure disk does not translate",
    "Dedicated",
    `${COULD_NOT}kind(Dedicated) is not supported in csi migration`,
  ),
  azure("nor does one whose kind is empty", "", `${COULD_NOT}kind() is not supported in csi migration`),
  azure("one without a kind does", undefined),
  azure("and so does a managed one, however it is written", "managed"),
  ebs("an ID in a URL must be that of a volume", "aws://a/disk-1", "Invalid format for AWS volume (aws://a/disk-1)"),
  ebs("it may lack the zone", "aws:///vol-1"),
  ebs("escapes in it are decoded", "aws://a/%76ol-1"),
  ebs("port, query and fragment do not matter", "aws://a:1/vol-1?x#y"),
  ebs("an escaped slash is a slash", "aws://a/vol-%2F1", "Invalid format for AWS volume (aws://a/vol-%2F1)"),
  ebs(
    "an escape that is none is a fault of the URL",
    "aws://a/vol-1%zz",
    'Invalid disk name (aws://a/vol-1%zz): parse "aws://a/vol-1%zz": invalid URL escape "%zz"',
  ),
  second("a node that an earlier claim rejects meets no error", ["R-MIG-7", "R-BCL-1"], boundD("a"), {
    feasible: ["n3"],
    infeasible: { n2: [AFF] },
    error: BAD_TEXT,
  }),
  second("a missing volume before it hides it", ["R-MIG-7", "R-BCL-1"], [claim("d", { boundTo: "pv2" })], {
    infeasible: { n1: [NOPV], n2: [NOPV], n3: [NOPV] },
  }),
  second(
    "nodes that fail get no reasons of delayed claims",
    ["R-MIG-7", "R-FLT-4"],
    [...limitedClass("limited"), claim("d", { class: "limited" })],
    { infeasible: { n3: [SPACE] }, error: BAD_TEXT },
  ),
  {
    id: "T-075",
    title: "a corrected ID is translated",
    rules: ["R-MIG-7"],
    objects: [...two, ...boundPair({ spec: BAD }), pod("c")],
    updates: boundPair({ spec: { awsElasticBlockStore: { volumeID: "aws://a/vol-1" } } }),
    expect: { feasible: ["moved", "still"] },
  },
  ebs("an ID that is no URL is never an error", "disk-1"),
  gce(
    "a part of a zone label that is no zone is an error",
    "a__",
    "zone in unexpected format, expected: {locale}-{region}-{zone}, got: a",
  ),
  gce(
    "zones of two regions are an error",
    "us-west1-a__eu-west1-b",
    "multiple or no regions gotten from zones, got: map[eu-west1:{} us-west1:{}]",
  ),
  gce(
    "each region is named once",
    "us-west1-b__eu-west1-b__us-west1-a",
    "multiple or no regions gotten from zones, got: map[eu-west1:{} us-west1:{}]",
  ),
  gce(
    "parts are not trimmed here",
    " us-west1-a__us-west1-b",
    "multiple or no regions gotten from zones, got: map[ us-west1:{} us-west1:{}]",
  ),
  gce("zones of one region are fine", "us-west1-a__us-west1-b"),
  {
    id: "T-262",
    title: "the beta label is read before today's",
    rules: ["R-MIG-7", "R-MIG-5"],
    objects: [
      node("moved", { [GKE_ZONE]: "a" }),
      movedPlugins("moved", ["gce-pd"]),
      ...boundPair({ spec: { gcePersistentDisk: { pdName: "pd" } }, labels: { [ZONE]: "a__", [ZONE_BETA]: "a" } }),
      pod("c"),
    ],
    expect: { feasible: ["moved"] },
  },
];

function boundD(zone: string): KubeObject[] {
  const [, volume] = boundPair({ zone });
  return [claim("d", { boundTo: "pv2" }), { ...volume, metadata: { name: "pv2", uid: "uid-pv2" } }];
}
