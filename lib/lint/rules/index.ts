// lint: all rules, by id.

import type { Rule } from "../rule.js";
import { volumeAffinityInvalid } from "./volume-affinity-invalid.js";
import { volumeAffinityMatchFields } from "./volume-affinity-match-fields.js";
import { volumeAffinityNoNode } from "./volume-affinity-no-node.js";
import { volumeClaimGone } from "./volume-claim-gone.js";
import { volumeHostnameIsName } from "./volume-hostname-is-name.js";
import { volumeZoneLabelNoNode } from "./volume-zone-label-no-node.js";

export const RULES: readonly Rule[] = [
  volumeAffinityInvalid,
  volumeAffinityMatchFields,
  volumeAffinityNoNode,
  volumeClaimGone,
  volumeHostnameIsName,
  volumeZoneLabelNoNode,
];
