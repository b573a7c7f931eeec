// Mutants of lint.

import { changes, type Mutant } from "./mutant.js";

const FOLDER = "lib/lint";
const VOLUMES = ["lint/volumes", "lint/random"];
const CLASSES = ["lint/classes", "lint/random"];
const CLAIMS = ["lint/claims", "lint/random"];

export const lint: readonly Mutant[] = [
  ...changes("lib/explain/refused-requirement.ts", VOLUMES, [
    [
      "&& values.length === 1) return undefined;\n    return `match",
      "&& values.length >= 1) return undefined;\n    return `match",
    ],
    ["if (values.length === 1 && refused !== undefined) return refused;", ""],
  ]),
  ...changes(`${FOLDER}/refusal.ts`, VOLUMES, [
    ["if (requirements.length === 0) return { path,", "if (false) return { path,"],
  ]),
  ...changes(`${FOLDER}/unmet.ts`, VOLUMES, [
    ["if (terms.length === 1) return fault;", "return fault;"],
    ["requirements.find((one) => labels.meeting(one) === 0)", "requirements[0]"],
    ["labels.present(key) === 0) {", "false) {"],
    [
      'operator === "In" && values.length === 1 ? labels.near',
      "values.length === 1 ? labels.near",
      { suites: ["lint/volumes", "lint/classes", "lint/random"] },
    ],
  ]),
  ...changes(
    `${FOLDER}/order.ts`,
    ["lint/rules", ...VOLUMES],
    [
      ["SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity)", "0"],
      ['compare(a.object.namespace ?? "", b.object.namespace ?? "")', "0"],
    ],
  ),
  ...changes(`${FOLDER}/drivers.ts`, CLASSES, [
    ["for (const key of topologyKeys) known.add(key);", "for (const key of topologyKeys.slice(0, 1)) known.add(key);"],
    ["return row < 0 ? undefined : this.of(row);", "return row < 0 ? [] : this.of(row);"],
  ]),
  ...changes(`${FOLDER}/rules/capacity-missing.ts`, CLASSES, [
    ["if (!classes.tracksCapacity(row)) return;", ""],
    ["capacities.size === 0 || ", "", { equivalent: "of objects that there are not none is of the class" }],
    ["drivers.keysOf(driver) === undefined || open.hasDriver(node, driver)", "true"],
    ["if (!limited || topology === 0", "if (topology === 0"],
  ]),
  ...changes(`${FOLDER}/rules/pod-bypasses-scheduler.ts`, CLAIMS, [
    ["|| scheduled.has(claim)) return;", ") return;"],
    ["if (cluster.claimAnnotation(claim, ids.selectedNode) !== 0) return false;", ""],
    [
      "return volumesByClaim.first(claims.get(claim, CLAIM.namespace), claims.get(claim, CLAIM.name)) < 0;",
      "return volumesByClaim !== undefined;",
    ],
    ["if (row < 0 || !classes.delays(row)) return false;", "if (row < 0) return false;"],
  ]),
  ...changes(`${FOLDER}/rules/volume-claim-gone.ts`, VOLUMES, [
    ["|| volumes.get(volume, VOLUME.deletionTimestamp) !== 0) return;", ") return;"],
    ["if (claim >= 0 && cluster.claimRefAllows(volume, claim)) return undefined;", "if (claim >= 0) return undefined;"],
    ["(claims.size === 0 && !isGivenUp) || ", ""],
    ['severity: waits ? "error" : "warning"', 'severity: "warning"'],
  ]),
  ...changes(`${FOLDER}/rules/claim-without-volume.ts`, CLAIMS, [
    ["if (claims.get(claim, CLAIM.volumeName) > EMPTY_TEXT) return;", ""],
    ["name === EMPTY_TEXT && classes.defaults.length > 0) return;", "false) return;"],
    ["requestOf(examination, claim).nanos <= largest) return;", "true) return;"],
    ["if (isNamed && hasReserved(survey, claim)) return;", ""],
    ["if (all === 0 && !isNamed && row < 0) return;", ""],
  ]),
  ...changes(`${FOLDER}/rules/legacy-topology-label.ts`, CLASSES, [
    ["|| !classes.provisions(row)) return;", ") return;"],
    ["affinity !== undefined && (affinity.nodes > 0 || labels.nodes === 0)", "affinity !== undefined"],
  ]),
];
