// lint: all rules, by id.

import type { Rule } from "../rule.js";
import { capacityMissing } from "./capacity-missing.js";
import { capacityNoNode } from "./capacity-no-node.js";
import { claimBinding } from "./claim-binding.js";
import { claimClassEmpty } from "./claim-class-empty.js";
import { claimClassUnknown } from "./claim-class-unknown.js";
import { claimSelectedNodeGone } from "./claim-selected-node-gone.js";
import { claimSelectorProvisioned } from "./claim-selector-provisioned.js";
import { claimSourceUnusable } from "./claim-source-unusable.js";
import { claimVolumeMissing } from "./claim-volume-missing.js";
import { claimWithoutClass } from "./claim-without-class.js";
import { claimWithoutVolume } from "./claim-without-volume.js";
import { classBindingMode } from "./class-binding-mode.js";
import { classDefaultSeveral } from "./class-default-several.js";
import { classDriverNotEverywhere } from "./class-driver-not-everywhere.js";
import { classImmediateTopology } from "./class-immediate-topology.js";
import { classTopologyKeyForeign } from "./class-topology-key-foreign.js";
import { classTopologyNoNode } from "./class-topology-no-node.js";
import { csiNodeKeyWithoutLabel } from "./csi-node-key-without-label.js";
import { legacyTopologyLabel } from "./legacy-topology-label.js";
import { nodeHostnameShared } from "./node-hostname-shared.js";
import { nodeWithoutCsiNode } from "./node-without-csi-node.js";
import { podBypassesScheduler } from "./pod-bypasses-scheduler.js";
import { schedulerCrashCapacity } from "./scheduler-crash-capacity.js";
import { schedulerCrashClaim } from "./scheduler-crash-claim.js";
import { topologyKeyUnknown } from "./topology-key-unknown.js";
import { volumeAffinityInvalid } from "./volume-affinity-invalid.js";
import { volumeAffinityMatchFields } from "./volume-affinity-match-fields.js";
import { volumeAffinityNoNode } from "./volume-affinity-no-node.js";
import { volumeClaimGone } from "./volume-claim-gone.js";
import { volumeHostnameIsName } from "./volume-hostname-is-name.js";
import { volumeZoneLabelNoNode } from "./volume-zone-label-no-node.js";

export const RULES: readonly Rule[] = [
  capacityMissing,
  capacityNoNode,
  claimBinding,
  claimClassEmpty,
  claimClassUnknown,
  claimSelectedNodeGone,
  claimSelectorProvisioned,
  claimSourceUnusable,
  claimVolumeMissing,
  claimWithoutClass,
  claimWithoutVolume,
  classBindingMode,
  classDefaultSeveral,
  classDriverNotEverywhere,
  classImmediateTopology,
  classTopologyKeyForeign,
  classTopologyNoNode,
  csiNodeKeyWithoutLabel,
  legacyTopologyLabel,
  nodeHostnameShared,
  nodeWithoutCsiNode,
  podBypassesScheduler,
  schedulerCrashCapacity,
  schedulerCrashClaim,
  topologyKeyUnknown,
  volumeAffinityInvalid,
  volumeAffinityMatchFields,
  volumeAffinityNoNode,
  volumeClaimGone,
  volumeHostnameIsName,
  volumeZoneLabelNoNode,
];
