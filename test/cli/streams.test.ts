// Input that never ends, and readers that go away.

import { test } from "uvu";
import * as assert from "uvu/assert";
import { run } from "../../lib/cli/run.js";
import { claim, list, node, pod } from "./objects.js";
import { Files, topomatch } from "./program.js";

const MB = 1 << 20;

/** A stream whose writes do this, and fail with the error that it returns. */
const streamTo = (write: (text: string) => Error | undefined) => ({
  write: (text: string, done: (error?: Error) => void) => done(write(text)),
  on: () => {},
});
const ignore = () => undefined;

/** Text that goes on for ever, and how many pieces of it were taken. */
class Endless {
  taken = 0;

  constructor(
    readonly start: string,
    readonly more: (taken: number) => string,
  ) {}

  async *[Symbol.asyncIterator](): AsyncGenerator<string> {
    yield this.start;
    for (;;) yield this.more(++this.taken);
  }
}

async function checkEndless(stdin: Endless) {
  const stderr: string[] = [];
  const io = { stdin, stdout: streamTo(ignore), stderr: streamTo((text) => void stderr.push(text)), env: {} };
  return { status: await run(["check", "-f", "-"], io), stderr: stderr.join("") };
}

const TOO_LARGE =
  "topomatch: standard input: document 1: begins in line 1 and is more than 8 MB of YAML, which is too slow to read; " +
  "use JSON\n";

test("a YAML document of more than 8 MB is refused as soon as that is known", async () => {
  const items = "- {kind: Node, metadata: {name: a}}\n".repeat(MB / 36);
  const input = new Endless("kind: List\nitems:\n", () => items);
  assert.equal(await checkEndless(input), { status: 2, stderr: TOO_LARGE });
  assert.ok(input.taken < 11, `${input.taken} MB taken`);
});

test("blanks without end are not gathered", async () => {
  const blanks = " ".repeat(MB);
  const input = new Endless("", () => blanks);
  assert.equal(await checkEndless(input), { status: 2, stderr: TOO_LARGE });
  assert.ok(input.taken < 11, `${input.taken} MB taken`);
});

test("the items of a JSON list are read while the list goes on", async () => {
  const input = new Endless('{"kind": "List", "items": [', (taken) =>
    taken < 20 ? `{"kind": "Node", "metadata": {"name": "n${taken}"}},` : '{"kind": "Node", "metadata": {"name": 1}},',
  );
  assert.equal(await checkEndless(input), {
    status: 2,
    stderr:
      "topomatch: standard input: document 1, items[19]: Node (without a name): metadata.name must be a string, but is a " +
      "number\n",
  });
});

test("YAML documents are read while more of them come", async () => {
  const input = new Endless("", (taken) => `---\nkind: Node\nmetadata: {name: ${taken < 20 ? `n${taken}` : 1}}\n`);
  const { status, stderr } = await checkEndless(input);
  assert.is(status, 2);
  assert.match(stderr, /document 20: Node \(without a name\): metadata\.name must be a string/);
});

test("standard input without a byte is a fault: what should have written it has failed", async () => {
  assert.equal(await topomatch(["check", "-f", "-"]), {
    status: 2,
    stdout: "",
    stderr: "topomatch: nothing was read: standard input is empty; did the command before the pipe fail?\n",
  });
});

const files = new Files();
const nodes = Array.from({ length: 100 }, (_, i) => node(`node-${i}`));
// Names so long that a table has several pieces.
const pods = Array.from({ length: 500 }, (_, i) => pod(`pod-${"x".repeat(200)}-${i}`, i < 499 ? [] : ["none"]));
const cluster = files.write("cluster.json", list(...nodes, claim("unused"), ...pods));

/** Runs the command with a standard output that fails with this code from its second piece on. */
async function checkInto(code: string, ...argv: readonly string[]) {
  const stderr: string[] = [];
  let pieces = 0;
  const write = () => (++pieces > 1 ? Object.assign(new Error(`${code}: write`), { code }) : undefined);
  const io = {
    stdin: new Endless("", String),
    stdout: streamTo(write),
    stderr: streamTo((text) => void stderr.push(text)),
    env: {},
  };
  const status = await run(["check", "-f", cluster, ...argv], io);
  return { pieces, status, stderr: stderr.join("") };
}

for (const format of ["json", "yaml"]) {
  test(`a reader that goes away ends -o ${format} quietly, before the last pod, which fits nowhere`, async () => {
    assert.equal(await checkInto("EPIPE", "-o", format), { pieces: 2, status: 0, stderr: "" });
  });
}

test("a reader that goes away ends a table quietly", async () => {
  assert.equal(await checkInto("EPIPE", "-o", "wide"), { pieces: 2, status: 1, stderr: "" });
});

test("a reader that goes away ends --print-objects quietly", async () => {
  assert.equal(await checkInto("EPIPE", "--print-objects"), { pieces: 2, status: 0, stderr: "" });
});

test("a full disk is told", async () => {
  assert.equal(await checkInto("ENOSPC", "-o", "json"), {
    pieces: 2,
    status: 2,
    stderr: "topomatch: ENOSPC: write\n",
  });
});

test.after(() => files.remove());
test.run();
