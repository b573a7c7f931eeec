// cli: what shells complete, asked in real ones where they are installed.

import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { candidatesFor } from "../../lib/cli/completion/candidates.js";
import { kubectlAnswer } from "../../lib/cli/completion/kubectl.js";
import { describedProgram } from "../../lib/cli/program.js";
import { KUBERNETES_MINORS } from "../../lib/options.js";
import { Files, topomatch } from "./program.js";

const test = suite("completion");
const files = new Files();
test.after(() => files.remove());

const COMMANDS = ["check", "explain", "lint", "plan", "report", "whatif", "completion", "help", "version"];
const program = describedProgram();
files.write("dir/cluster.json", "{}");
files.write("dir/a file.yaml", "");
const folder = join(files.folder, "dir");

type Case = readonly [title: string, words: readonly string[], offered: readonly string[]];

/** What stands behind `topomatch`, the last word as far as it is written -> what it can become. */
const CASES: readonly Case[] = [
  ["commands that begin so", ["ex"], ["explain"]],
  ["options before a command", ["--v"], ["--version"]],
  ["the options of a command", ["plan", "--ord"], ["--order"]],
  ["long and short ones", ["lint", "-q"], ["-q"]],
  ["the words of an option", ["plan", "--order", ""], ["given", "created", "priority", "size"]],
  ["those that begin so", ["check", "--mode", "m"], ["manifests"]],
  ["those of a short option", ["lint", "-o", ""], ["text", "json", "sarif", "junit"]],
  ["releases", ["check", "--kubernetes", ""], KUBERNETES_MINORS],
  ["nothing for a word that nobody knows", ["check", "--context", ""], []],
  ["an option behind one that needs no value", ["whatif", "--drain", "--sel"], ["--selector"]],
  ["the commands that help knows", ["help", "wh"], ["whatif"]],
  ["shells", ["completion", ""], ["bash", "zsh", "fish"]],
  ["nothing behind a command that is not there", ["chekc", ""], []],
];

test("every command is offered at first", () => {
  const { paths, words } = candidatesFor(program, [""]);
  assert.equal([words.map(({ word }) => word), paths], [COMMANDS, false]);
  for (const { summary, word } of words) assert.ok(summary.length > 0, word);
});

for (const [title, words, offered] of CASES) {
  test(`${title}: ${words.join(" ")}`, () => {
    const { paths, words: found } = candidatesFor(program, words);
    assert.equal([found.map(({ word }) => word), paths], [offered, false]);
  });
}

test("a value behind an equals sign is completed with its option, and paths are the shell's", () => {
  const { words } = candidatesFor(program, ["check", "--mode=l"]);
  assert.equal(words, [{ word: "--mode=live", summary: "" }]);
  assert.equal(candidatesFor(program, ["check", "-f", "x"]), { words: [], paths: true });
  assert.equal(candidatesFor(program, ["whatif", "--changes="]), { words: [], paths: true });
});

test("each option that takes one of a few words has them completed", async () => {
  for (const command of ["check", "explain", "lint", "plan", "whatif"]) {
    const { stdout } = await topomatch(["help", command]);
    for (const [, flag] of stdout.matchAll(/^ +(?:-\w, )?(--(?:mode|output|color|order|kubernetes|filters)) /gm)) {
      assert.ok(candidatesFor(program, [command, flag, ""]).words.length > 1, `${command} ${flag}`);
    }
  }
});

async function script(shell: string): Promise<string> {
  const { status, stderr, stdout } = await topomatch(["completion", shell]);
  assert.equal([status, stderr], [0, ""]);
  return files.write(`completion.${shell}`, stdout);
}

function output(command: string, argv: readonly string[], input = ""): string {
  const { error, stderr, stdout } = spawnSync(command, argv, { cwd: folder, encoding: "utf8", input });
  assert.equal([error, stderr], [undefined, ""]);
  return stdout;
}

const isInstalled = (shell: string): boolean => spawnSync(shell, ["-c", "exit 0"]).status === 0;

/** What bash completes; it parts `--option=value` in three. */
async function inBash(...lines: readonly (readonly string[])[]): Promise<string[][]> {
  const asked = lines.map((words) => {
    const parts = ["topomatch", ...words].map((word) => `'${word}'`);
    return `COMP_WORDS=(${parts.join(" ")}); COMP_CWORD=${words.length}; _topomatch; printf '%s|' "\${COMPREPLY[@]}"; echo\n`;
  });
  const text = `source '${await script("bash")}'; complete -p topomatch kubectl-topomatch >/dev/null\n${asked.join("")}`;
  const answers = output("bash", ["--noprofile", "--norc", "-u"], text).trimEnd().split("\n");
  return answers.map((answer) => answer.split("|").filter((word) => word !== ""));
}

test("bash completes the same", async () => {
  const found = await inBash(...CASES.map(([, words]) => words));
  for (const [i, [title, , offered]] of CASES.entries()) assert.equal(found[i], offered, title);
});

test("bash completes values behind an equals sign, and paths", async () => {
  assert.equal(
    await inBash(
      ["check", "--mode", "=", "l"],
      ["check", "--mode", "="],
      ["check", "-f", "c"],
      ["check", "-f", "a"],
      ["check", "-n", ""],
      [""],
    ),
    [["live"], ["live", "manifests"], ["cluster.json"], ["a file.yaml"], [], COMMANDS],
  );
});

test("zsh reads its script, where it is installed; it always names every command and option", async () => {
  const path = await script("zsh");
  assertNames((await topomatch(["completion", "zsh"])).stdout, (long) => `${long}`);
  if (isInstalled("zsh")) output("zsh", ["-f", "-n", path]);
});

test("fish completes the same, where it is installed; its script always names every command and option", async () => {
  const path = await script("fish");
  assertNames((await topomatch(["completion", "fish"])).stdout, (long) => ` -l ${long.slice(2)} `);
  if (!isInstalled("fish")) return;
  for (const [title, words, offered] of CASES) {
    // Fish offers short options only behind a single dash, and no option for a word that is none.
    if (words[0] === "chekc" || words.at(-1) === "-q") continue;
    const asked = `source '${path}'; complete -C 'topomatch ${words.join(" ")}'`;
    const found = output("fish", ["--no-config", "-c", asked]).trimEnd().split("\n");
    const given = found.map((line) => line.split("\t")[0]).filter((word) => word !== "");
    assert.equal(given.sort(), [...offered].sort(), title);
  }
});

function assertNames(text: string, written: (long: string) => string): void {
  for (const command of program.commands) {
    assert.ok(text.includes(command.name()), command.name());
    for (const { long } of command.options) assert.ok(text.includes(written(long as string)), String(long));
  }
}

test("kubectl is answered in its own form: a word a line, its text behind a tab, and whether files may do", () => {
  const ask = (...words: readonly string[]): string => kubectlAnswer(program, words);
  assert.is(ask("plan", "--or"), "--order\tgiven\n:4\n");
  assert.is(ask("lint", "-o", "j"), "json\njunit\n:4\n");
  assert.is(ask("lint", "-f", ""), ":0\n");
});

test.run();
