// Why a figure is missed, and why a curve is steeper than linear: what profiles showed. By a pattern of the id.

type Note = readonly [pattern: RegExp, text: string];

export const EXPLANATIONS: readonly Note[] = [
  [
    /^B3-(zonal|local)-eval/,
    `The baseline takes 24 to 30 ns a pair here, where the prototypes that the target was made from met 42. Parts of
  countFeasibleClaims on fresh objects: 0.43 ms claim to volume to count (41 ns a claim, 17 of them finding the volume
  by its name), and for local volumes 0.2 ms for 4,300 counts. The label column is made while volumes load, and no mask
  at all. Needed: the volume of a claim as a column that is kept while loading.`,
  ],
  [
    /^B3-mixed-eval/,
    `5,800 distinct selectors are evaluated once each: 3.8 ms for their counts (kernels a quarter of it, rows of label
  values made for the first time a third), 1 ms for seven label columns, 0.5 ms for the claims. Needed: unions of rows
  inside the kernel, and columns cheaper than chains.`,
  ],
  [
    /^B3-.*-load/,
    `25,000 whole objects are loaded at 1.3 us each on average: a node of 20 labels and 60 other fields 1.9, a volume 1.4
  (with a selector of its own 3), a claim 0.8. Walking the same fields and doing nothing takes 0.07 to 0.15 us. Profile:
  row.ts writeGroup 23 %, codec.ts #map 11 %, #object 5 %, blocks.ts intern 9 %, strings.ts and arena.ts (text that is
  new) 15 %, uid.ts 5 %, growing tables 4 %; reading a text costs 2.5 ns a character in V8, 150 characters a volume.
  Needed for the target: 0.45 us an object, a third of it for the walk. What would save most: labels of nodes as a
  shared list of keys and the values, and leaving what no rule reads yet unread.`,
  ],
  [
    /^B3-.*-fresh/,
    `Loading is interpreted code in a fresh process: V8 optimises it only when most objects are loaded, and the first
  volumes and claims deoptimise what nodes have warmed (60 ms of the run). Needed: code of its own for each kind, or a
  start from a snapshot.`,
  ],
  [
    /^B4-a$/,
    `A pod that is asked about for the first time: two thirds are looking up its claim and the claim's volume by name (a
  hash table each, and the rows they lead to, all cache misses) and reading the pod's volumes.`,
  ],
  [
    /^B4-b-free-first$/,
    `What is read once of 40,000 volumes: a third is going through their rows, a quarter the 5,000 places that they form, a
  fifth the masks of as many affinities, a sixth parsing and ranking 2,000 capacities.`,
  ],
  [
    /^B5-upsert(-persistent|-pods|$)/,
    `At the full size a volume takes twice as long as at 1/16: each new text (a volume's name, claim, handle, node) is a
  cache and TLB miss in a table of 64 MB, each lookup of a claim's name and volume three more, and each key of a row one.
  The objects of JSON.parse lie in a nursery that stays in the cache. uids cost no table: they are four tokens of the
  row. Volumes also compile their affinity (0.1 to 0.15 us), which first answers then do without. Needed: smaller
  tables, such as names found by what they follow.`,
  ],
  [/^B5-memory/, "Arenas and tables double; at this size they are half full. At the full size the figure is met."],
  [
    /^B6-.*-p99/,
    `A block is 16 pods, 30 to 60 us where a claim is bound: one collection of the nursery or one growing table in it is
  ten times that. On an idle machine all p99 are within the limit.`,
  ],
  [
    /^B11-start/,
    `Half of it is V8's first look at 0.6 MB of readable text, 3 ms making its classes, 8 ms the first matcher, of which 1 ms
  is the WASM module. Needed: less text, or code that is only read when a rule needs it.`,
  ],
  [
    /^B11-bundle/,
    "The rules of nine plugins for five releases, their texts and the JavaScript engine; the WASM module is 3 kB of it, compressed. With nine plugins 56 kB were asked.",
  ],
  [
    /^B8-1-/,
    `A question is about 2 us of JavaScript (contenders, masks) beside the compare, which reads a u32 column. Needed: u16
  columns where there are fewer than 65,536 capacities, twice as fast.`,
  ],
  [/^B8-4/, "Four columns of 512 kB each leave a cache that other processes use too; on calmer cores 3.4x."],
  [
    /^B14-/,
    `Half is scoring: 5,000 nodes with an object or volumes of their own each have a score of their own, 0.1 us a node. The
  rest is the evaluation, and the columns of the node that the pod before was placed on.`,
  ],
  [
    /^B12-/,
    `A worker needs a core of its own: where others use it, worker and asking thread take turns, and batches take up to a
  fifth longer than on one thread (the wake-ups).`,
  ],
  [
    /^B13-/,
    `A pod that is asked about for the first time, by its profile: a quarter is working out its request and the compares of
  the columns for it, which hardly two pods share here; a tenth finding its claims and volumes by name, all cache misses;
  the rest the nine PreFilters, each of which looks at the pod's volumes.`,
  ],
  [
    /^B16-/,
    `Two thirds are the verdict, a fifth the upsert of the object. The first verdict counts what all pods use and attach:
  6 to 15 us a pod.`,
  ],
  [/^B10-memory/, "Hash tables and arenas grow in steps; where a step falls decides the figure."],
];

export const GROWTH_EXPLANATIONS: readonly Note[] = [
  [
    /-growth-theirs$/,
    `kube-scheduler's, not ours: Filter runs for each node, and for each node it goes through all volumes of the class, or
  all capacity objects, whose number grows with the nodes.`,
  ],
  [/^growth-.*-load/, "Hash tables outgrow the caches: each new text is a miss from 100,000 objects on."],
  [
    /^growth-.*-first-answers/,
    "As many masks as selectors or sites are made, and what they lie in outgrows the caches on the way.",
  ],
  [/-growth$/, "A row of bits is as long as there are nodes; below 10,000 nodes what does not grow hides it."],
  [/^growth-.*-node-event/, "Every selector that could see the change is asked about the node: those without an In."],
];
