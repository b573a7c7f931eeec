// Mutants of the PV controller, of defaults, of workloads and of the command.

import { changes, type Mutant } from "./mutant.js";

const CONTROLLER = [
  "controllers/persistent-volume",
  "conformance/controller/recorded",
  "controllers/manifests",
  "cli/manifests",
];
const CHECK = ["cli/check", "cli/manifests", "cli/notes"];

export const controllers: readonly Mutant[] = [
  ...changes("lib/controllers/persistent-volume/binding.ts", CONTROLLER, [
    ["const bound = complete ? volume : put", "const bound = reserved ? volume : put"],
    ["return reserved ? bound : annotate(bound", "return complete ? bound : annotate(bound"],
    ['if (phase === "Bound") return bound;', ""],
    ["if (attributes === undefined) bound = drop(bound, current);\n    else if", "if"],
    ['attributesClasses && phase === "Pending"', "attributesClasses"],
    ["!/\\s/.test(before) && isQuantity(before)", "isQuantity(before)"],
    ["if (!hasAnnotation(volume, ANN_BOUND_BY_CONTROLLER)) {", "if (hasAnnotation(volume, ANN_BOUND_BY_CONTROLLER)) {"],
    [
      'for (const field of ["accessModes", "capacity", "currentVolumeAttributesClassName"]) {',
      'for (const field of ["accessModes", "capacity"]) {',
    ],
  ]),
  ...changes("lib/controllers/persistent-volume/claims.ts", CONTROLLER, [
    ["options.defaultClass === undefined || state.namesClass(claim)", "options.defaultClass === undefined"],
    ["if (state.isBoundTo(volume, claim)) return this.#bind(claim, volume);", ""],
    ["!state.hasClaimRef(volume) || state.hasUidOf(volume, claim)", "state.hasUidOf(volume, claim)"],
    ['if (textAt(object, "status", "phase") !== "Lost") {', 'if (textAt(object, "status", "phase") === "Bound") {'],
    [
      "if (volume >= 0) return this.#bind(claim, volume);\n    if (this.#takes",
      "if (volume > 0) return this.#bind(claim, volume);\n    if (this.#takes",
    ],
  ]),
  ...changes("lib/controllers/persistent-volume/volume-search.ts", CONTROLLER, [
    ["const free = delayed ? -1 : this", "const free = this"],
    ["if (!cluster.claimRefAllows(row, claim)) continue;", ""],
    ["amounts.nanos(cluster.capacityOf(row)) >= request", "amounts.nanos(cluster.capacityOf(row)) > request"],
  ]),
  ...changes("lib/controllers/persistent-volume/volume-tests.ts", CONTROLLER, [
    ["if (missingBytes > 0n) {", "if (missingBytes >= 0n) {"],
    ["modes.every((mode) => offered.includes(mode))", "modes.some((mode) => offered.includes(mode))"],
    ['differ("class", claims', 'if (false) differ("class", claims'],
  ]),
  ...changes("lib/controllers/persistent-volume/volumes.ts", CONTROLLER, [
    [
      'const released = textAt(volume, "status", "phase") === "Failed" ? volume',
      'const released = textAt(volume, "status", "phase") === "Bound" ? volume',
    ],
    ["isDeleted && hasAnnotation(object, ANN_PROVISIONED_BY)", "isDeleted"],
    [
      'if (!state.hasRefUid(volume)) return withPhase(object, "Available");',
      "if (!state.hasRefUid(volume)) return object;",
    ],
    ["this.options.written ? object : migratedVolume(object)", "object"],
    ["this.options.written ? released : this.#reclaiming.reclaim(released)", "this.#reclaiming.reclaim(released)"],
    ["if (state.modesDiffer(volume, claim)) this", "if (!state.modesDiffer(volume, claim)) this"],
  ]),
  ...changes("lib/controllers/persistent-volume/migration.ts", CONTROLLER, [
    ["if (hasAnnotation(claim, ANN_PROVISIONER)) return annotated(claim, ANN_PROVISIONER);\n", ""],
    ["driver !== undefined && named !== driver", 'driver !== undefined && named === ""'],
    ['return driver === undefined && named !== "" ? drop', "return false ? drop"],
    ["if (driverOf(plugin) !== undefined) return withoutFinalizers(volume, [IN_TREE_FINALIZER]);\n", ""],
    ["if (!plugin.startsWith(IN_TREE_PREFIX)) return volume;", ""],
    ['policy === "Retain" || policy === "Recycle"', 'policy === "Retain"'],
    ['policy !== "Delete" || finalizers.includes(IN_TREE_FINALIZER)', "finalizers.includes(IN_TREE_FINALIZER)"],
  ]),
  ...changes("lib/controllers/persistent-volume/reclaim.ts", CONTROLLER, [
    ['if (textAt(volume, "metadata", "annotations", ANN_MIGRATED_TO) !== "") return volume;', ""],
    ["pods.length > 0 && this.state.claimNamed(namespace, name) < 0", "pods.length > 0"],
    [
      "if (plugins.length === 1) return volume;",
      "if (plugins.length === 1 && plugins[0] === HOST_PATH) return volume;",
    ],
    ["if (DELETABLE_PATH.test(path)) return volume;", ""],
    ['if (textAt(volume, "status", "phase") === "Failed") return volume;', ""],
    ["if (!provisioner.startsWith(IN_TREE_PREFIX)) return undefined;", ""],
    ["hasAnnotation(volume, ANN_MIGRATED_TO) || dig(", "dig("],
    [
      'hasAnnotation(volume, ANN_MIGRATED_TO) || dig(volume, "spec", "csi") !== undefined',
      "hasAnnotation(volume, ANN_MIGRATED_TO)",
    ],
  ]),
  ...changes("lib/controllers/persistent-volume/provisioning.ts", CONTROLLER, [
    ["driver === undefined && named.startsWith", "named.startsWith"],
    ["if (isNamed && textAt(object", "if (textAt(object"],
    [
      "state.putClaim(migratedClaim(put(beta",
      "state.putClaim((put(beta",
      { equivalent: "The next pass takes the annotation away, and only what is left in the end is seen." },
    ],
    ['"uid")}`) >= 0) return;', '"uid")}`) >= 0) void 0;'],
  ]),
  ...changes("lib/controllers/persistent-volume/claim-pods.ts", CONTROLLER, [
    ['"initContainerStatuses", "containerStatuses", "ephemeralContainerStatuses"', '"containerStatuses"'],
    ["if (isTerminated(pod)) continue;", ""],
    ['if (phase === "Failed" || phase === "Succeeded") return true;', 'if (phase === "Failed") return true;'],
    ["        .sort(compareUtf8),\n", "        ,\n"],
  ]),
  ...changes("lib/controllers/persistent-volume/access-modes.ts", CONTROLLER, [
    ["modesOf(a).length - modesOf(b).length", "modesOf(b).length - modesOf(a).length"],
    ["(group & wanted) === wanted", "(group & wanted) !== 0"],
    ["if (bit === undefined) return [];", "if (bit === undefined) continue;"],
  ]),
  ...changes(
    "lib/controllers/persistent-volume/free-by-size.ts",
    ["controllers/free-by-size", ...CONTROLLER],
    [
      ["if (this.state.hasClaimRef(row)) return;\n    for", "return;\n    for", "missed listener"],
      ["sizes[at].sorted = false;", "", "stale cache"],
      ["if (isFreeFor(this.state, shape, rows[i])) return rows[i];", "return rows[i];", "stale cache"],
      ["size < amount || this.#groupOf(row) !== group", "size < amount"],
    ],
  ),
  ...changes("lib/controllers/persistent-volume/label-index.ts", CONTROLLER, [
    ["(literal & 1) !== 0 || blocks.at", "blocks.at"],
    [
      "if (blocks.length(selector) !== 1) return undefined;",
      "if (blocks.length(selector) === 0) return undefined;",
      { equivalent: "A label selector has one term, or none." },
    ],
  ]),
  ...changes("lib/controllers/defaults/default-class.ts", CONTROLLER, [
    ["b.created - a.created || compareUtf8", "a.created - b.created || compareUtf8"],
    ['"metadata", "annotations", key) === "true"', '"metadata", "annotations", key) !== ""'],
  ]),
  ...changes(
    "lib/controllers/defaults/api-defaults.ts",
    ["cli/manifests", "controllers/manifests", "cli/check"],
    [
      ["Object.hasOwn(requests, name)", "Object.hasOwn(limits, name)"],
      ['["volumeBindingMode"], "Immediate"', '["volumeBindingMode"], "WaitForFirstConsumer"'],
      ["defaultClass === undefined || hasAnnotation(claim, ANN_BETA_CLASS)", "defaultClass === undefined"],
      [
        'for (const field of ["containers", "initContainers"]) {\n    const containers = listAt(pod, "spec", field);\n    const requesting',
        'for (const field of ["containers"]) {\n    const containers = listAt(pod, "spec", field);\n    const requesting',
      ],
    ],
  ),
  ...changes(
    "lib/controllers/defaults/identity.ts",
    ["cli/claimed-uids", "controllers/manifests"],
    [
      ["if (seen.has(claim)) uids.delete(claim);\n    else uids.set(claim, uid);", "uids.set(claim, uid);"],
      ['uid === "" || phase === "Released" || phase === "Failed"', 'uid === "" || phase === "Released"'],
    ],
  ),
  ...changes(
    "lib/controllers/defaults/node-allocatable.ts",
    ["cli/manifests", "controllers/manifests", "cli/check"],
    [
      ['if (dig(node, "status", "allocatable") !== undefined) return node;', ""],
      [
        'const containers = [...listAt(pod, "spec", "containers"), ...listAt(pod, "spec", "initContainers")];',
        'const containers = [...listAt(pod, "spec", "containers")];',
      ],
    ],
  ),
  ...changes(
    "lib/controllers/workloads/made-objects.ts",
    ["cli/manifests", "controllers/manifests", "cli/settled-objects"],
    [
      ['typeof count === "number" ? Math.max(0, count) : 1', 'typeof count === "number" ? Math.max(1, count) : 1'],
      ['const first = typeof start === "number" ? start : 0;', "const first = 0;"],
      ['.filter((volume) => !claimNames.has(textAt(volume, "name")))', ""],
      ["    controller: true,\n", ""],
    ],
  ),
  ...changes(
    "lib/controllers/workloads/expansion.ts",
    ["cli/manifests", "controllers/manifests", "controllers/bad-manifests"],
    [
      ["if (taken.has(id)) return;", ""],
      ["if (pods > MAX_PODS) naming", "if (pods >= MAX_PODS) naming"],
      ['if (item.kind.name === "Pod") for (const claim of ephemeralClaims(item.object)) add(claim, item.index);', ""],
    ],
  ),
];

export const cli: readonly Mutant[] = [
  ...changes("lib/cli/check.ts", CHECK, [
    ["if (!report.schedulable) status = FITS_NOWHERE;", ""],
    ["? FITS : FITS_NOWHERE;", "? FITS_NOWHERE : FITS;", { suites: ["cli/table", "cli/check"] }],
  ]),
  ...changes("lib/cli/load-cluster.ts", CHECK, [
    [
      "const refused = wanted.strict && notices.doubts > 0;",
      "const refused = wanted.strict && notices.doubts > 1;",
      { suites: ["cli/arguments", "cli/api-fields", "cli/notes"] },
    ],
    ["if (!wanted.quiet || refused) {", "if (!wanted.quiet) {", { suites: ["cli/table"] }],
  ]),
  ...changes("lib/cli/cluster.ts", CHECK, [
    [
      "const uid = kind === CLAIM && lacksUid ? uids.get(key) : undefined;",
      "const uid = kind === CLAIM ? uids.get(key) : undefined;",
      { suites: ["cli/claimed-uids"] },
    ],
    [
      'note.code === "AllocatableAssumed" && !running.includes("NodeResourcesFit")',
      'note.code === "AllocatableAssumed" && running.includes("NodeResourcesFit")',
    ],
    [
      'lacksUid ? drop(object as KubeObject, ["metadata", "uid"])',
      '!lacksUid ? drop(object as KubeObject, ["metadata", "uid"])',
    ],
  ]),
  ...changes(
    "lib/cli/asked-pods.ts",
    ["cli/asked-pods", "cli/arguments"],
    [
      ["KINDS.includes(first) && !pods.has(word)", "KINDS.includes(first)"],
      ["if (name === undefined) return `", "if (name === undefined && false) return `"],
      ["return [...keys];", "return [...keys].sort();"],
    ],
  ),
  ...changes("lib/cli/intake.ts", CHECK, [
    ['phase !== "Succeeded" &&\n    phase !== "Failed" &&', 'phase !== "Succeeded" &&'],
    [
      'apiVersion === "" || groupOf(apiVersion) === kind.group',
      "true",
      { suites: ["cli/check", "cli/sources", "cli/notes", "cli/arguments"] },
    ],
    [
      "if (replaced !== undefined) this.notices.add",
      "if (false) this.notices.add",
      { suites: ["cli/check", "cli/sources", "cli/notes"] },
    ],
    [
      "if (kind.namespaced && isAbsent(metadata.namespace))",
      "if (isAbsent(metadata.namespace))",
      { suites: ["cli/settled-objects", "cli/manifests", "cli/check"] },
    ],
  ]),
  ...changes(
    "lib/cli/numbers.ts",
    ["cli/yaml-input", "cli/json-scanner", "cli/check", "cli/sources"],
    [
      [
        "while (text.charCodeAt(first - 1) === BACKSLASH) first--;",
        "if (text.charCodeAt(first - 1) === BACKSLASH) first--;",
      ],
      ["const LONG_NUMBER = 16;", "const LONG_NUMBER = 18;"],
      ["!Number.isSafeInteger(Number(written)) ? written", "false ? written"],
    ],
  ),
  ...changes(
    "lib/cli/option-values.ts",
    ["cli/arguments"],
    [
      ["return LISTED_FILTERS.filter((filter) => named.has(filter));", "return [...named];"],
      ['word.startsWith("=") ? word.slice(1) : word', "word"],
      ["const PATCH = /^v?(", "const PATCH = /^("],
    ],
  ),
  ...changes(
    "lib/cli/missing-scores.ts",
    ["cli/check", "cli/notes", "cli/table", "cli/manifests"],
    [["plans[node].score === undefined", "plans[node].score === 0"]],
  ),
];
