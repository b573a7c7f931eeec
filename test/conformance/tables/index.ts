// All tables, in the order of the specification.

import type { ConformanceCase } from "../case.js";
import { cases as addedAffinity } from "./added-affinity.js";
import { cases as boundClaims } from "./bound-claims.js";
import { cases as capacityObjects } from "./capacity-objects.js";
import { cases as capacitySizes } from "./capacity-sizes.js";
import { cases as changes } from "./changes.js";
import { cases as composition } from "./composition.js";
import { cases as ignoredResources } from "./ignored-resources.js";
import { cases as labels } from "./labels.js";
import { cases as matchingErrors } from "./matching-errors.js";
import { cases as matchingProperties } from "./matching-properties.js";
import { cases as matchingReserved } from "./matching-reserved.js";
import { cases as matchingSeveral } from "./matching-several.js";
import { cases as matchingSizes } from "./matching-sizes.js";
import { cases as migration } from "./migration.js";
import { cases as migrationErrors } from "./migration-errors.js";
import { cases as migrationTerms } from "./migration-terms.js";
import { cases as nodeAffinity } from "./node-affinity.js";
import { cases as nodeAffinityErrors } from "./node-affinity-errors.js";
import { cases as nodeFilterOrder } from "./node-filter-order.js";
import { cases as nodeResources } from "./node-resources.js";
import { cases as nodeStatistics } from "./node-statistics.js";
import { cases as podAffinity } from "./pod-affinity.js";
import { cases as podAffinityNames } from "./pod-affinity-names.js";
import { cases as podRequests } from "./pod-requests.js";
import { cases as preFilterClasses } from "./pre-filter-classes.js";
import { cases as preFilterVolumes } from "./pre-filter-volumes.js";
import { cases as provisioning } from "./provisioning.js";
import { cases as provisioningTopologies } from "./provisioning-topologies.js";
import { cases as quantities } from "./quantities.js";
import { cases as scoring } from "./scoring.js";
import { cases as scoringProvisions } from "./scoring-provisions.js";
import { cases as scoringRecorded } from "./scoring-recorded.js";
import { cases as selectedNode } from "./selected-node.js";
import { cases as taints } from "./taints.js";
import { cases as tolerations } from "./tolerations.js";
import { cases as volumeLimits } from "./volume-limits.js";
import { cases as volumeLimitsChanges } from "./volume-limits-changes.js";
import { cases as volumeLimitsSources } from "./volume-limits-sources.js";
import { cases as volumeRestrictions } from "./volume-restrictions.js";
import { cases as volumeZone } from "./volume-zone.js";
import { cases as volumeZoneClaims } from "./volume-zone-claims.js";

export const allCases: readonly ConformanceCase[] = [
  ...preFilterVolumes,
  ...preFilterClasses,
  ...boundClaims,
  ...nodeAffinity,
  ...nodeAffinityErrors,
  ...migration,
  ...migrationTerms,
  ...migrationErrors,
  ...selectedNode,
  ...matchingSizes,
  ...matchingSeveral,
  ...matchingReserved,
  ...matchingProperties,
  ...matchingErrors,
  ...provisioning,
  ...provisioningTopologies,
  ...capacityObjects,
  ...capacitySizes,
  ...volumeLimits,
  ...volumeLimitsSources,
  ...volumeLimitsChanges,
  ...volumeRestrictions,
  ...scoring,
  ...scoringProvisions,
  ...scoringRecorded,
  ...composition,
  ...changes,
  ...quantities,
  ...labels,
  ...volumeZone,
  ...volumeZoneClaims,
  ...taints,
  ...tolerations,
  ...podAffinity,
  ...podAffinityNames,
  ...addedAffinity,
  ...nodeResources,
  ...podRequests,
  ...ignoredResources,
  ...nodeFilterOrder,
  ...nodeStatistics,
];
