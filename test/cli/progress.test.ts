// cli: what a terminal is shown meanwhile, and that nothing else is.

import { suite } from "uvu";
import * as assert from "uvu/assert";
import { Output } from "../../lib/cli/io.js";
import { Progress } from "../../lib/cli/progress.js";
import { run } from "../../lib/cli/run.js";
import { claim, list, node, pod } from "./objects.js";
import { Files } from "./program.js";

const test = suite("progress");
const ERASE = "\r\u001b[K";
const files = new Files();
test.after(() => files.remove());

/** A standard error that keeps what it is given, and a clock that stands still. */
function shown(isTTY = true, quiet = false) {
  const texts: string[] = [];
  const clock = { now: 0 };
  const stream = {
    isTTY,
    write: (text: string, done: () => void) => {
      texts.push(text);
      done();
    },
    on: () => {},
  };
  const output = new Output(stream);
  return { clock, output, progress: new Progress(output, quiet, () => clock.now), texts };
}

test("nothing in the first second, and then five lines a second at most", () => {
  const { clock, progress, texts } = shown();
  for (clock.now = 0; clock.now <= 1400; clock.now += 50) progress.show(() => `at ${clock.now}`);
  assert.equal(texts, [`${ERASE}at 1000`, `${ERASE}at 1200`, `${ERASE}at 1400`]);
});

test("a course says how far it is, how fast, and how long still", () => {
  const { clock, progress, texts } = shown();
  const course = progress.course("evaluating", 5000, "pods");
  clock.now = 2000;
  course(1000);
  clock.now = 250_000;
  course(1001);
  assert.equal(texts, [
    `${ERASE}evaluating: 1,000 of 5,000 pods, 500/s, 8 s left`,
    `${ERASE}evaluating: 1,001 of 5,000 pods, 4/s, 16 min 39 s left`,
  ]);
});

test("while a terminal shows what is written, nothing comes between", () => {
  const { clock, output, progress, texts } = shown();
  clock.now = 2000;
  progress.courseBeside(output, "evaluating", 10, "pods")(1);
  assert.equal(texts, []);
  progress.courseBeside(shown(false).output, "evaluating", 10, "pods")(1);
  assert.is(texts.length, 1);
});

test("the line goes before anything else is written, and what is there already comes first", async () => {
  const { clock, output, progress, texts } = shown();
  clock.now = 1000;
  await output.write("note\n");
  progress.show(() => "line");
  progress.say("more");
  progress.clear();
  assert.equal(texts, [`note\n${ERASE}line`, ERASE, "topomatch: more\n"]);
});

test("names of others cannot move the cursor", () => {
  const { clock, progress, texts } = shown();
  clock.now = 1000;
  progress.show(() => "a\u001b[2Jb");
  assert.equal(texts, [`${ERASE}a\\u001b[2Jb`]);
});

test("what is waited for is told until it comes", async () => {
  const { clock, progress, texts } = shown();
  clock.now = 1000;
  const stop = progress.waiting(() => "waiting");
  clock.now = 4500;
  while (texts.length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
  stop();
  assert.equal(texts, [`${ERASE}waiting: 3 s`]);
});

test("nothing where nobody looks, and nothing with -q", () => {
  for (const { clock, progress, texts } of [shown(false), shown(true, true)]) {
    clock.now = 5000;
    progress.show(() => "line");
    progress.course("placing", 2, "pods")(1);
    assert.equal(texts, []);
  }
});

/** What a command shows whose every look at the clock is a second later. */
async function shownBy(argv: readonly string[], isTTY: boolean): Promise<string> {
  const path = files.write("cluster.json", list(node("a"), claim("c"), pod("p", ["c"]), pod("q")));
  const texts: string[] = [];
  const streamOf = (keep: string[], terminal: boolean) => ({
    isTTY: terminal,
    write: (text: string, done: () => void) => {
      keep.push(text);
      done();
    },
    on: () => {},
  });
  const { now } = Date;
  let seconds = 0;
  Date.now = () => 1000 * seconds++;
  try {
    const stdin = (async function* () {})();
    const io = { stdin, stdout: streamOf([], false), stderr: streamOf(texts, isTTY), env: {} };
    await run(
      [argv[0], "-q", "-f", path, ...argv.slice(1)].filter((word) => !isTTY || word !== "-q"),
      io,
    );
  } finally {
    Date.now = now;
  }
  return texts.join("");
}

const STEPS: readonly (readonly [argv: readonly string[], steps: readonly string[]])[] = [
  [["check"], ["evaluating", "printing"]],
  [["check", "-o", "json"], ["evaluating"]],
  [["explain"], ["explaining"]],
  [["explain", "node/a"], ["explaining"]],
  [["lint"], ["linting"]],
  [["plan"], ["placing"]],
  [
    ["whatif", "--cordon", "a", "--place"],
    ["asking", "comparing", "placing"],
  ],
  [["report", "-o", "md"], ["explaining"]],
];

for (const [argv, steps] of STEPS) {
  test(`${argv.join(" ")} shows on a terminal what it reads and does, and its end wipes that away`, async () => {
    const text = await shownBy(argv, true);
    assert.match(text, /reading \S+cluster\.json: 0 of 0 MB, \d objects/);
    for (const step of steps) assert.ok(text.includes(`${ERASE}${step}: `), `${step} in ${JSON.stringify(text)}`);
    // What is left of the line when the run has ended.
    assert.match(text.slice(text.lastIndexOf(ERASE) + ERASE.length), /^(?:topomatch: .*\n)*$/);
    assert.is(await shownBy(argv, false), "");
  });
}

test.run();
