// Mutants of the CSI provisioner.

import { changes, type Mutant } from "./mutant.js";

const FOLDER = "lib/controllers/provisioner";
const TOPOLOGY = ["controllers/provisioner/topology", "conformance/recorded-provisioner"];
const SOURCES = ["controllers/provisioner/sources", "conformance/recorded-provisioner"];
const SECRETS = ["controllers/provisioner/secrets", "controllers/provisioner/sources"];
const NODE_DEPLOYMENT = ["controllers/provisioner/node-deployment"];
const REFUSED = ["cli/refused-claims"];

export const provisioner: readonly Mutant[] = [
  ...changes(`${FOLDER}/topology-terms.ts`, TOPOLOGY, [
    ["if (a.length !== b.length) return a.length - b.length;", ""],
    ["if (term[found][1] !== value) return false;", ""],
    ["if (term[found][0] !== key) continue;", "if (term[found][0] !== key) return false;"],
    [
      "const before = product.length === 0 ? [[]] : product;",
      "const before = product.length === 0 ? [[]] : [product[0]];",
    ],
    ["return product.map(sortedTerm);", "return product;"],
    ["compareUtf8(a[0], b[0]) || compareUtf8(a[1], b[1])", "compareUtf8(a[0], b[0])"],
  ]),
  ...changes(`${FOLDER}/claim-hash.ts`, TOPOLOGY, [
    ["Math.imul(hash, PRIME) ^ byte", "Math.imul(hash ^ byte, PRIME)"],
    ['base.slice(base.lastIndexOf("-") + 1)', "base"],
    ["return number <= MOST ? number : undefined;", "return number;"],
    ["+ index) >>> 0", ") >>> 0"],
  ]),
  ...changes(`${FOLDER}/cluster-topology.ts`, TOPOLOGY, [
    ["!keys.every((key) => registered.includes(key))", "false"],
    ["if (values.includes(0)) continue;", "if (values[0] === 0) continue;"],
    ["sets.length > 0 && list.terms.length === 0", "list.terms.length === 0"],
    ["    this.#drivers.clear();\n", "", { kind: "stale cache", suites: SOURCES }],
    [
      "if (isKnown && nodes.epoch === this.#nodesEpoch) return;",
      "if (isKnown) return;",
      { kind: "stale cache", suites: SOURCES },
    ],
    ["if (keys.length > 0) sets.set", "sets.set"],
    ["csiNodes.findKey(node) < 0 ? undefined : []", "csiNodes.findKey(node) < 0 ? [] : undefined"],
    ["if (!registered.has(node))\n", "if (true)\n"],
  ]),
  ...changes(`${FOLDER}/requirements.ts`, TOPOLOGY, [
    ["if (selected !== undefined && question.strict)", "if (selected !== undefined)"],
    ["if (keys.length === 0) return { refusal: unfit", "if (keys.length > 99) return { refusal: unfit"],
    ["kept?.keys ?? topology.keysOn(node)", "topology.keysOn(node)"],
    ["if (kept !== undefined && read !== undefined && Object.keys(read).length > 0) kept.labels = read;", ""],
    ["if (kept?.terms !== undefined) return termList(kept.terms);", ""],
    ['if (node === "" && !immediate) return undefined;', ""],
    ["isSubset(term, selected))) {", "isSubset(selected, term))) {"],
    ["list.topologies.slice(first).concat(list.topologies.slice(0, first))", "list.topologies.slice(first)"],
    ["if (first < 0) {", "if (first < -1) {"],
  ]),
  ...changes(`${FOLDER}/class-translation.ts`, TOPOLOGY, [
    ["zones !== undefined && given.allowedTopologies.length > 0", "false"],
    ['value.split(",")', "[value]"],
    ["? renamed.map(withoutDomains) : renamed", "? renamed : renamed"],
    ['ZONES.includes(expression.key ?? "")', "ZONES[0] === expression.key"],
    ["return { ...given, provisioner: driver,", "return { ...given,", { suites: SOURCES }],
  ]),
  ...changes(`${FOLDER}/volume-affinity.ts`, TOPOLOGY, [
    ["if (accessible.length === 0) return undefined;", ""],
    [".filter((expressions) => expressions.length > 0)", ""],
    ["if (term.some(({ key }) => key === region)) continue;", ""],
    ["parts.length === 3 || parts.length === 4", "parts.length === 3"],
    ["regions.length === 1", "regions.length > 0"],
  ]),
  ...changes(`${FOLDER}/provisioned-volume.ts`, TOPOLOGY, [
    ["made !== 0n && made < wanted", "made < wanted"],
    ["created.hasContentSource === false", "false", { suites: SOURCES }],
    ['return bytes === 1000n ? "1k" : String(bytes);', "return String(bytes);"],
    ['mayReschedule ? "Reschedule" : "Finished"', '"Reschedule"'],
  ]),
  ...changes(`${FOLDER}/capacity-objects.ts`, TOPOLOGY, [
    [
      'immediateToo || storageClass.volumeBindingMode !== "Immediate"',
      'immediateToo || storageClass.volumeBindingMode === "WaitForFirstConsumer"',
    ],
    ['(storageClass.provisioner ?? "") !== driver', "false"],
  ]),
  ...changes(`${FOLDER}/should-provision.ts`, TOPOLOGY, [
    [
      'annotations[ANN_PROVISIONER] ?? annotations[ANN_BETA_PROVISIONER] ?? ""',
      'annotations[ANN_PROVISIONER] || annotations[ANN_BETA_PROVISIONER] || ""',
    ],
    ["driverOf(asked) === driver && annotationsOf(claim)[ANN_MIGRATED_TO]", "annotationsOf(claim)[ANN_MIGRATED_TO]"],
    ['annotationsOf(claim)[ANN_SELECTED_NODE] ?? "");', "selectedNodeOf(claim));"],
    ['asked === "" ? notHandedOver("a provisioner") : missingClass(className)', "missingClass(className)"],
    [
      'annotations[ANN_SELECTED_NODE] ?? annotations[ANN_ALPHA_SELECTED_NODE] ?? ""',
      'annotations[ANN_SELECTED_NODE] || annotations[ANN_ALPHA_SELECTED_NODE] || ""',
    ],
    ['node !== "" || volumeBindingMode !== "WaitForFirstConsumer"', 'node !== "" || volumeBindingMode === "Immediate"'],
  ]),
  ...changes(`${FOLDER}/data-source.ts`, SOURCES, [
    ["if (dataSource) return", "if (dataSource && !dataSourceRef) return"],
    ['named !== "" && !crossNamespace', "!crossNamespace", { suites: SOURCES }],
    ["return from === true && to === true;", "return from === true || to === true;"],
    ["namespaceOf(grant) === source.namespace && grants", "grants"],
    ['(group ?? "") === source.apiGroup &&', ""],
    ['if (name === "") return finished', 'if (name === "" && kind === SNAPSHOT_KIND) return finished'],
  ]),
  ...changes(`${FOLDER}/snapshot-source.ts`, SOURCES, [
    ["deletionTimestamp && !(finalizers ?? []).includes(FIN_SNAP_SOURCE)", "deletionTimestamp"],
    ["if (bound === undefined) return refused", "if (!bound) return refused"],
    ['(ref.uid ?? "") === (metadata?.uid ?? "") &&', ""],
    ["snapshot.status?.readyToUse !== true", "snapshot.status?.readyToUse === false"],
    ["if (handle === undefined)", "if (!handle)"],
    ["if (request.value >= size) return undefined;", "if (request.value > size) return undefined;"],
    ["if (from === undefined || to === undefined || from === to)", "if (from === to)"],
    ["if (TRUE.includes(value)) return undefined;", 'if (value === "true") return undefined;'],
  ]),
  ...changes(`${FOLDER}/clone-source.ts`, SOURCES, [
    ["if (wanted < least) {", "if (wanted <= least) {"],
    ['(csi.driver ?? "") === driver &&', ""],
    ['volume.status?.phase === "Bound"', "true"],
    ["(to === BLOCK && from !== BLOCK)", "false"],
    ["if (source.metadata?.deletionTimestamp) {", "if (false) {"],
  ]),
  ...changes(`${FOLDER}/attempt.ts`, SOURCES, [
    ["    choice ??\n    storageClass.refusal ??", "    storageClass.refusal ??\n    choice ??", { suites: SOURCES }],
    [
      "    capabilityRefusal(attempt, source) ??\n    selectorRefusal(attempt.claim) ??",
      "    selectorRefusal(attempt.claim) ??\n    capabilityRefusal(attempt, source) ??",
    ],
    ["if (named.length <= 1) return undefined;", "return undefined;"],
    [
      "    unknownParameter(storageClass) ??\n    attributesClassRefusal(attempt);",
      "    attributesClassRefusal(attempt) ??\n    unknownParameter(storageClass);",
    ],
  ]),
  ...changes(`${FOLDER}/secrets.ts`, SECRETS, [
    ["const OTHERS = [", "const OTHERS: readonly SecretKeys[] = []; export const NONE = ["],
    ["`) === false) {", "`) !== true) {"],
    ["templates ??= templatesOf(DEFAULT, given);", ""],
    ["names.length > 1 || namespaces.length > 1", "names.length > 1 && namespaces.length > 1"],
    ["if (names.length !== namespaces.length) {", "if (false) {"],
    ['name !== "" && namespace !== ""', 'name !== "" || namespace !== ""'],
    ["!ANNOTATIONS.has(key)", "false"],
    ['template === text ? ""', 'template !== text ? ""'],
    ["[...missing].sort(compareUtf8)", "[...missing]"],
    ["text.length <= 63 && ", ""],
    ['text.split(".").every((part) => LABEL.test(part))', "isLabel(text)"],
  ]),
  ...changes(`${FOLDER}/go-expand.ts`, SECRETS, [
    ['else if (length === 0) expanded += "$";', ""],
    ['if (end < 0) return ["", 1];', 'if (end < 0) return ["", 0];'],
    ["if (SPECIAL.test(text)) return [text[0], 1];", ""],
  ]),
  ...changes(`${FOLDER}/node-deployment.ts`, NODE_DEPLOYMENT, [
    ["metadata: { name: node, labels: segments }", "metadata: { name: node, labels: {} }"],
    ["if (node === deployment.node) return undefined;", ""],
    ['if ((claim.metadata?.annotations?.[ANN_SELECTED_NODE] ?? "") !== "") return false;', ""],
    ['mode !== "Immediate" ||', 'mode === "WaitForFirstConsumer" ||'],
    ["|| settings.nodeDeployment?.immediateBinding === false", ""],
    ["hasTopology && allowedTopologies.length > 0 && askTopology", "false && askTopology"],
    ["if (wanted === 0n) return true;", "", { equivalent: "any room is enough for nothing" }],
    ["if (refusal !== undefined) return true;", "if (refusal !== undefined) return false;"],
    [
      'bytesOf(room, "available", "takes") >= wanted) return true;',
      'bytesOf(room, "available", "takes") > wanted) return true;',
    ],
    ["if (room === undefined || ", "if (room !== undefined && "],
  ]),
  ...changes(`${FOLDER}/provisioner.ts`, SOURCES, [
    ["if (outcome.refusal === undefined) forget();", "", { suites: TOPOLOGY }],
    ['if (hasTopology && state !== "InBackground") forget();', "", { suites: TOPOLOGY }],
    ['["R-SNP-3", "R-SNP-4", "R-SNP-7", "R-SNP-8"].includes(refusal.rule)', "false"],
  ]),
  ...changes(`${FOLDER}/restore-path.ts`, SOURCES, [
    ['=== "true" && (each.driver ?? "") === driver', '=== "true"'],
    ["if (defaults.length === 1)", "if (defaults.length > 0)"],
    ['const isOther = of !== "" && of !== driver;', "const isOther = false;"],
  ]),
  ...changes("lib/cli/refused-claims.ts", REFUSED, [
    ["!isProvisioned(verdict, key)", "false"],
    ["if (found.has(key) || ", "if (", { equivalent: "a claim that is found again is put in its place" }],
  ]),
];
