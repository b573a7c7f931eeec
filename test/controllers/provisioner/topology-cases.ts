// The provisioner's topology, by hand from its rules.

import type { ProvisionerOptions } from "../../../lib/provisioner.js";
import type { ClaimSpec, ClassSpec, Place } from "./objects.js";
import { place, zonal } from "./objects.js";

export interface TopologyCase {
  readonly title: string;
  readonly places: readonly Place[];
  readonly class?: ClassSpec;
  readonly claim?: ClaimSpec;
  readonly node?: string;
  readonly options?: ProvisionerOptions;
  /** Terms in order; `preferred` where it is not the requisite's own order. */
  readonly requisite?: string;
  readonly preferred?: string;
  /** `RULE STATE: SENTENCE`. */
  readonly refusal?: string;
}

export const ABC = [zonal("n1", "b"), zonal("n2", "a"), zonal("n3", "c"), zonal("n4", "b")];
export const LATER = "WaitForFirstConsumer";
export const STRICT = { strictTopology: true };
export const FINE = place("fine", { zone: "a", rack: "1" }, ["rack", "zone"]);

export const SELECTED_NODES: readonly TopologyCase[] = [
  {
    title: "T-205 R-TOP-13: a selected node's place comes first, the others after it in a circle",
    places: ABC,
    class: { mode: LATER },
    node: "n1",
    requisite: "zone=a zone=b zone=c",
    preferred: "zone=b zone=c zone=a",
  },
  {
    title: "T-206 R-TOP-7: strict asks for the node's own place alone",
    places: ABC,
    class: { mode: LATER },
    node: "n3",
    options: STRICT,
    requisite: "zone=c",
  },
  {
    title: "T-207 R-TOP-7: strict, and the class does not allow the node",
    places: ABC,
    class: { allowed: [[["zone", ["a", "b"]]], [["zone", ["d"]]]] },
    node: "n3",
    options: STRICT,
    refusal: `R-TOP-7 NoChange: topology: selected node '"n3"' topology '[{zone c}]' is not in allowed topologies: [[{zone a}] [{zone b}] [{zone d}]]`,
  },
  {
    title: "T-207 R-TOP-7: strict, and fewer keys than the node has are allowed",
    places: [FINE],
    class: { allowed: [[["zone", ["a"]]]] },
    node: "fine",
    options: STRICT,
    requisite: "rack=1,zone=a",
  },
  {
    title: "T-207 R-TOP-10: strict, and nothing is left after flattening",
    places: ABC,
    class: { allowed: [[]] },
    node: "n1",
    options: STRICT,
    refusal: `R-TOP-7 NoChange: topology: selected node '"n1"' topology '[{zone b}]' is not in allowed topologies: []`,
  },
  {
    title: "T-208 R-TOP-8: what the class allows is asked for, flattened",
    places: ABC,
    class: { allowed: [[["zone", ["c", "b"]]]] },
    node: "n3",
    requisite: "zone=b zone=c",
    preferred: "zone=c zone=b",
  },
  {
    title: "T-208 R-TOP-13: the class does not cover the selected node",
    places: ABC,
    class: { allowed: [[["zone", ["c", "b"]]]] },
    node: "n2",
    refusal: `R-TOP-13 NoChange: topology: topology [{zone a}] from selected node "n2" is not in requisite: [[{zone b}] [{zone c}]]`,
  },
  {
    title: "T-209 R-TOP-5: a selected node without CSINode sends the pod back",
    places: [...ABC, place("bare", { zone: "a" }, null)],
    node: "bare",
    refusal: `R-TOP-5 Reschedule: failed to get selected CSINode bare: csinode.storage.k8s.io "bare" not found`,
  },
  {
    title: "T-209 R-TOP-7: a CSINode that does not list the driver",
    places: [...ABC, place("bare", { zone: "a" })],
    node: "bare",
    refusal: "R-TOP-7 NoChange: topology: no topology key found for node bare",
  },
  {
    title: "T-209 R-TOP-7: a CSINode without keys",
    places: [...ABC, place("bare", { zone: "a" }, [])],
    node: "bare",
    refusal: "R-TOP-7 NoChange: topology: no topology key found for node bare",
  },
  {
    title: "T-209 R-TOP-7: a label is missing, and all that there are are told",
    places: [...ABC, place("bare", { zone: "a", "b.c/d": "" }, ["rack", "zone"])],
    node: "bare",
    refusal:
      "R-TOP-7 NoChange: topology: topology labels from selected node map[b.c/d: zone:a] does not match topology keys from CSINode [rack zone]",
  },
  {
    title: "T-209 R-TOP-5: a CSINode whose Node is gone is no reschedule",
    places: [...ABC, { name: "gone", keys: ["zone"], gone: true }],
    node: "gone",
    refusal:
      "R-TOP-7 NoChange: topology: topology labels from selected node map[] does not match topology keys from CSINode [zone]",
  },
  {
    title: "T-210 R-TOP-8: immediate and told nothing",
    places: ABC,
    options: { immediateTopology: false },
    requisite: "",
  },
  {
    title: "T-210 R-TOP-8: the flag changes nothing where the class allows something",
    places: ABC,
    class: { allowed: [[["zone", ["a"]]]] },
    options: { immediateTopology: false },
    requisite: "zone=a",
  },
  {
    title: "T-211 R-TOP-13: an immediate claim begins at its hash",
    places: ABC,
    claim: { name: "data-web-1" },
    requisite: "zone=a zone=b zone=c",
    preferred: "zone=b zone=c zone=a",
  },
  {
    title: "T-212 R-TOP-9: with a node those count that have and register all its keys",
    places: [
      FINE,
      place("other", { zone: "b", rack: "2" }, ["zone", "rack"]),
      place("coarse", { zone: "c", rack: "3" }, ["zone"]),
      place("strange", { zone: "d", rack: "4" }),
      place("bare", { zone: "e", rack: "5" }, null),
    ],
    node: "fine",
    requisite: "rack=1,zone=a rack=2,zone=b",
  },
  {
    title: "T-212 R-TOP-9: without a node every registered set counts, a fine node for the coarse set too",
    places: [FINE, place("coarse", { zone: "c", rack: "3" }, ["zone"])],
    claim: { name: "a" },
    // FNV-1("a") = 84696446, and 84696446 mod 3 = 2.
    requisite: "zone=a zone=c rack=1,zone=a",
    preferred: "rack=1,zone=a zone=a zone=c",
  },
];
