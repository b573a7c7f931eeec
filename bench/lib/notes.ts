// Why a figure is missed, and why a curve is steeper than linear: what profiles showed. By a pattern of the id.

type Note = readonly [pattern: RegExp, text: string];

export const EXPLANATIONS: readonly Note[] = [
  [
    /^B3-(zonal|local)-eval/,
    `The baseline takes 20 to 30 ns a pair here, where the prototypes that the target was made from met 42. Profile of
  countFeasibleClaims on fresh objects: half is resolving each claim to its volume's selector (resolved-pods.ts #resolve
  and #countAll, pre-filter.ts classify: about 0.1 us a claim of reading rows), the rest making masks: counting the
  values of a label column (label-columns.ts count), and for local volumes compiling 4,300 distinct selectors
  (selector-compiler.ts #compileNodeSelector, requirements.ts: about 0.5 us each). Needed: the selector of a volume
  and the volume of a claim as columns that are filled while loading.`,
  ],
  [
    /^B3-mixed-eval/,
    `6,000 distinct selectors are compiled and evaluated once each (4 us). Profile: node-selectors.ts #sparseTerm (walking
  the nodes of the rarest requirement), the selector kernel, label-columns.ts column and mark, programs.ts term. Needed:
  fewer passes for a selector, and requirements' rows made at once for all values of a key.`,
  ],
  [
    /^B3-.*-load/,
    `25,000 whole objects are loaded at 2 us each (5,000 nodes of 20 labels and 60 other fields among them). Profile:
  scalars.ts text.write and strings.ts #intern, #encode and #encodeUuid (hashing and storing what is new, cache misses),
  row.ts write, structures.ts map.write, blocks.ts intern. Evaluation is a tenth of it. Needed: less than 0.5 us an
  object, or not looking at labels and annotations that no rule reads until one does.`,
  ],
  [
    /^B3-.*-fresh/,
    `Loading is interpreted code in a fresh process: V8 optimises it only when most objects are loaded (about 4x the
  time of the warm run). Needed: smaller functions on the loading path, so that they are optimised sooner.`,
  ],
  [
    /^B5-upsert(-persistent|$)/,
    `A volume has 6 texts that no other object has (name, uid, claim's name and uid, handle, affinity's node), a claim 4.
  Profile of volumes: scalars.ts text.write 13 %, row.ts write 13 %, blocks.ts intern 10 %, strings.ts #encodeUuid,
  #encode and #intern 24 %, rehashing of chains, strings and blocks as they grow 12 %. Each new text is a cache miss in
  a table of hundreds of megabytes, and another in the arena. JSON.parse of the same object allocates 30 times in a
  nursery that stays in the cache. Needed: tables sized beforehand (replace could count), and the texts of uid and
  claimRef.uid kept in the row instead of a table.`,
  ],
  [/^B5-memory/, "Arenas and tables double; at this size they are half full. At the full size the figure is met."],
  [
    /^B6-.*-p99/,
    `A block is 16 pods, 30 to 60 us where a claim is bound: one collection of the nursery or one growing table in it is
  ten times that. On an idle machine all p99 are within the limit.`,
  ],
  [
    /^B11-start/,
    `16 ms of it are one line of @assemblyscript/loader: isResponse reads the global Response, for which Node loads
  undici, http2 and tls. Without it about 6 ms remain. Needed: instantiateSync, or that line trimmed from the bundle.`,
  ],
  [/^B11-bundle/, "The rules for five releases and their texts; the WASM module is 3 kB of it, compressed."],
  [
    /^B8-1-/,
    `A question is about 2 us of JavaScript (contenders, masks) beside the compare, which reads a u32 column. Needed: u16
  columns where there are fewer than 65,536 capacities, twice as fast.`,
  ],
  [
    /^B12-5000/,
    `A pod costs about 75 ns on one thread, of which the workers can take the 25 ns of the kernel; the rest is reading the
  pod's combination and gathering its rows, on the asking thread. So 1.5x is the limit for rows as short as these.`,
  ],
  [
    /^B12-/,
    `A worker needs a core of its own: where others use it, worker and asking thread take turns, and batches take up to a
  fifth longer than on one thread (the wake-ups).`,
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
