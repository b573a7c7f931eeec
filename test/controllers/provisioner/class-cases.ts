// What classes allow, what drivers have registered, and what keeps the provisioner from it, by hand from the rules.

import { place, SELECTED, zonal } from "./objects.js";
import type { TopologyCase } from "./topology-cases.js";
import { ABC, FINE, LATER, STRICT } from "./topology-cases.js";

export const CLASSES: readonly TopologyCase[] = [
  {
    title: "T-213 R-TOP-10: two values by two make four terms",
    places: [FINE],
    class: {
      allowed: [
        [
          ["zone", ["b", "a"]],
          ["rack", ["2", "1"]],
        ],
      ],
    },
    node: "fine",
    requisite: "rack=1,zone=a rack=1,zone=b rack=2,zone=a rack=2,zone=b",
  },
  {
    title: "T-213 R-TOP-10: an expression without values drops what was before it",
    places: ABC,
    class: {
      allowed: [
        [
          ["rack", ["1"]],
          ["host", []],
          ["zone", ["a"]],
        ],
      ],
    },
    requisite: "zone=a",
  },
  {
    title: "T-213 R-TOP-10: of a key that is there twice the greatest value is told",
    places: ABC,
    class: {
      allowed: [
        [
          ["zone", ["b"]],
          ["zone", ["a"]],
        ],
      ],
    },
    requisite: "zone=b",
  },
  {
    title: "T-213 R-TOP-11: expressions without values alone ask for nothing",
    places: ABC,
    class: { allowed: [[["zone", []]], []] },
    requisite: "",
  },
  {
    title: "T-214 R-TOP-12: duplicates go, terms that are part of others stay",
    places: [FINE],
    class: {
      allowed: [
        [["zone", ["a", "a"]]],
        [
          ["rack", ["1"]],
          ["zone", ["a"]],
        ],
        [["zone", ["a"]]],
      ],
    },
    node: "fine",
    requisite: "zone=a rack=1,zone=a",
  },
  {
    title: "T-293 R-TOP-12: strict, and an allowed term has a key twice",
    places: ABC,
    class: {
      allowed: [
        [
          ["zone", ["a"]],
          ["zone", ["a"]],
        ],
      ],
    },
    node: "n2",
    options: STRICT,
    refusal: `R-TOP-7 NoChange: topology: selected node '"n2"' topology '[{zone a}]' is not in allowed topologies: [[{zone a} {zone a}]]`,
  },
  {
    title: "T-369 R-TOP-1: an immediate class with a selected node gets that node's place first",
    places: ABC,
    claim: { annotations: { [SELECTED]: "n3" } },
    requisite: "zone=a zone=b zone=c",
    preferred: "zone=c zone=a zone=b",
  },
  {
    title: "T-369 R-TOP-1: a class that waits for a pod, without a node",
    places: ABC,
    class: { mode: LATER },
    refusal: "R-TOP-1 NotAttempted: claim default/pvc waits for a node, as its storage class wants",
  },
  {
    title: "R-TOP-1: a class of no mode that is known wants no node",
    places: ABC,
    class: { mode: "" },
    claim: { name: "mypvc" },
    requisite: "zone=a zone=b zone=c",
    preferred: "zone=c zone=a zone=b",
  },
  {
    title: "T-369 R-TOP-1: the class is not there",
    places: ABC,
    claim: { class: "slow" },
    refusal: `R-TOP-1 NoChange: storageClass "slow" not found`,
  },
  {
    title: "T-370 R-TOP-9: a set that no node has labels for is passed over",
    places: [zonal("n1", "a"), place("n2", {}, ["zone", "rack"])],
    requisite: "zone=a",
  },
  {
    title: "T-370 R-TOP-9: no set has labels anywhere",
    places: [place("n1", {}, ["zone"]), place("n2", {}, ["zone", "rack"])],
    refusal: "R-TOP-9 NoChange: topology: topologyKeys [[rack zone] [zone]] were not found on any nodes",
  },
  {
    title: "T-370 R-TOP-9: the driver has registered keys nowhere",
    places: [place("n1", { zone: "a" }), place("n2", { zone: "a" }, [])],
    refusal: "R-TOP-9 NoChange: topology: no available topology found",
  },
  {
    title: "R-TOP-9: an empty value of a label is a value",
    places: [place("n1", { zone: "" }, ["zone"]), zonal("n2", "a")],
    node: "n2",
    requisite: "zone= zone=a",
    preferred: "zone=a zone=",
  },
  {
    title: "R-TOP-3: a driver without topology is asked for nothing",
    places: ABC,
    node: "bare",
    options: { capabilities: ["CONTROLLER_SERVICE", "CREATE_DELETE_VOLUME"] },
    requisite: "",
  },
  {
    title: "R-TOP-7: the keys of another driver do not count",
    places: [{ ...zonal("n1", "a"), driver: "other.example.com" }],
    node: "n1",
    refusal: "R-TOP-7 NoChange: topology: no topology key found for node n1",
  },
  {
    title: "13.2: an in-tree class asks its CSI driver, zones under the driver's key",
    places: [
      {
        ...place("n1", { "topology.ebs.csi.aws.com/zone": "eu-1a" }, ["topology.ebs.csi.aws.com/zone"]),
        driver: "ebs.csi.aws.com",
      },
    ],
    class: { provisioner: "kubernetes.io/aws-ebs", allowed: [[["topology.kubernetes.io/zone", ["eu-1b", "eu-1a"]]]] },
    node: "n1",
    requisite: "topology.ebs.csi.aws.com/zone=eu-1a topology.ebs.csi.aws.com/zone=eu-1b",
  },
  {
    title: "13.2: an in-tree class names its zones in a parameter",
    places: [],
    class: { provisioner: "kubernetes.io/gce-pd", parameters: { Zones: "b,a" } },
    requisite: "topology.gke.io/zone=a topology.gke.io/zone=b",
  },
  {
    title: "13.2: an in-tree class names its zones in both places",
    places: [],
    class: { provisioner: "kubernetes.io/gce-pd", parameters: { zone: "a" }, allowed: [[["x", ["y"]]]] },
    refusal:
      "R-TOP-17 Finished: failed to translate storage class: cannot simultaneously set allowed topologies and zone/zones parameters",
  },
  {
    title: "13.2: Azure's failure domains are no zones",
    places: [],
    class: {
      provisioner: "kubernetes.io/azure-disk",
      allowed: [[["failure-domain.beta.kubernetes.io/zone", ["0", "westus-1"]]]],
    },
    requisite: "topology.disk.csi.azure.com/zone= topology.disk.csi.azure.com/zone=westus-1",
  },
  {
    title: "R-TOP-1: a class that names no provisioner",
    places: ABC,
    class: { provisioner: "kubernetes.io/no-provisioner" },
    refusal: "R-TOP-1 NotAttempted: storage class fast names no provisioner",
  },
  {
    title: "R-TOP-1: a claim that names a volume",
    places: ABC,
    claim: { spec: { volumeName: "v" } },
    refusal: "R-TOP-1 NotAttempted: claim default/pvc names the volume v",
  },
  {
    title: "R-TOP-9: a registered key that is no label key",
    places: [place("n1", { "a b": "c" }, ["a b"])],
    refusal: `R-TOP-9 NoChange: topology: error parsing topology keys selector: key: Invalid value: "a b": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')`,
  },
];
