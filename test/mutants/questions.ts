// Mutants of questions that a caller narrows, of the order of reports, and of threads.

import { changes, type Mutant } from "./mutant.js";

export const questions: readonly Mutant[] = [
  ...changes(
    "lib/result/question.ts",
    ["evaluate-options", "external-rejections"],
    [
      ["const mask = nodes === undefined ? ALL_NODES :", "const mask = nodes !== undefined ? ALL_NODES :"],
      ["seen.set(name, masks.or(before, mask));", "seen.set(name, mask);", "stale cache"],
      ["if (cluster.nodes.has(id)) return id;", "return id;"],
      [
        "masks.scratchIds([...new Set(ids)].sort((a, b) => a - b))",
        "masks.scratchIds([...new Set(ids)])",
        { suites: ["evaluate-options", "external-rejections", "verdict-parity"] },
      ],
    ],
  ),
  ...changes(
    "lib/filters/external-plugin.ts",
    ["external-rejections", "evaluate-options"],
    [
      ["nodes: masks.and(nodes, status.nodes)", "nodes: status.nodes"],
      ["(order.includes(name) ? order.indexOf(name) : order.length)", "order.indexOf(name)"],
      ['order.indexOf("NodeResourcesFit"), 0, "NodePorts"', 'order.indexOf("NodeResourcesFit") + 1, 0, "NodePorts"'],
    ],
  ),
  ...changes(
    "lib/filters/cycle.ts",
    ["external-rejections"],
    [["        result.preFilter = undefined;\n", "", "stale cache"]],
  ),
  ...changes(
    "lib/result/node-order.ts",
    ["node-order", "kept-answers"],
    [
      ["texts[id] !== 0 && texts[id] === last.texts[id]", "texts[id] !== 0", "stale cache"],
      [
        "    this.#last = undefined;\n",
        "",
        { kind: "stale cache", suites: ["node-order", "sweep-ids", "sweep-events"] },
      ],
      ["compareUtf8(fresh[next].name, name) < 0", "compareUtf8(fresh[next].name, name) > 0"],
    ],
  ),
  ...changes(
    "lib/result/label-counts.ts",
    ["label-counts"],
    [
      ["if (found === 0) {", "if (found === 1) {"],
      ["else counts[place]++;", "else counts[0]++;"],
    ],
  ),
];

export const threads: readonly Mutant[] = [
  ...changes(
    "lib/evaluate/threads/threaded-row-counter.ts",
    ["threaded-row-counter"],
    [
      ["      slot.state = LOST;\n", "      slot.state = UNUSED;\n", "use after release"],
      ["this.control.takeBack(index) ? UNUSED : LOST", "UNUSED", "use after release"],
      [
        "if (slot.state === LOST && this.control.collect(index)) slot.state = UNUSED;",
        "",
        { equivalent: "A slot whose worker was slow stays out of use: the asking thread counts more by itself." },
      ],
      [
        "this.pool.size === 0 ? undefined : this",
        "this",
        { equivalent: "Without workers what is held is counted at the end of the batch." },
      ],
    ],
  ),
  ...changes(
    "lib/evaluate/threads/kept-block.ts",
    ["threaded-row-counter", "threads"],
    [
      ["2 ** Math.ceil(Math.log2(bytes))", "2 ** Math.floor(Math.log2(bytes))", "off by one at a word's edge"],
      [
        "if (this.#size > 0) this.blocks.free(this.#block, this.#size);",
        "",
        {
          suites: ["threaded-row-counter", "memory"],
          equivalent: "Blocks that have become too small are not given back: memory alone.",
        },
      ],
    ],
  ),
  ...changes(
    "lib/evaluate/threads/control.ts",
    ["threaded-row-counter", "threads", "threads-end"],
    [
      [
        "(slot + 1) * STEP, LAYOUT.done, FREE) === LAYOUT.done",
        "(slot + 1) * STEP, LAYOUT.taken, FREE) === LAYOUT.taken",
        "use after release",
      ],
      ["Atomics.store(words, at, LAYOUT.ready);", "", "missed listener"],
    ],
  ),
];
