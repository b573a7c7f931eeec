// For `.ci/run`: 500 random clusters beside the real scheduler, other ones with each commit, where its program was built
// before or CONFORMANCE=1 asks for it. Exit status 3, and a line that says why, where none ran.
// Usage: node scripts/conformance-sample.mjs JSON_FILE

import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

const CLUSTERS = 500;
const FIRST_SEED = 10_000_000;
const NONE_RAN = 3;
const [, , jsonFile] = process.argv;

process.exitCode = main();

function main() {
  const asked = process.env.CONFORMANCE === "1";
  const cache = process.env.XDG_CACHE_HOME || join(homedir(), ".cache");
  const binary = join(process.env.TOPOMATCH_ORACLE_CACHE || join(cache, "topomatch"), "oracle-1.37");
  if (!asked && !existsSync(binary)) {
    console.log(`conformance: no cluster ran, for there is no ${binary}; CONFORMANCE=1 builds it`);
    return NONE_RAN;
  }
  const built = spawnSync("test/conformance/oracle/build.sh", ["1.37"], { stdio: ["ignore", "ignore", "inherit"] });
  if (!asked && built.status !== 0) {
    console.log("conformance: no cluster ran, for the oracle is old and could not be built anew");
    return NONE_RAN;
  }
  const commits = spawnSync("git", ["rev-list", "--count", "HEAD"], { encoding: "utf8" }).stdout;
  const seed = FIRST_SEED + CLUSTERS * (Number(commits) || 0);
  const { status } = spawnSync(
    process.execPath,
    [
      ...["--import", "tsx", "test/conformance/run/main.ts", "--clusters", String(CLUSTERS)],
      ...["--seed", String(seed), "--processes", "2", "--json", jsonFile],
    ],
    { stdio: "inherit" },
  );
  const { tally } = existsSync(jsonFile) ? JSON.parse(readFileSync(jsonFile, "utf8")) : {};
  const differences = tally === undefined ? 0 : tally.differences + tally.referenceDifferences;
  const ran = tally?.clusters ?? 0;
  const failures = ran < CLUSTERS && differences === 0 ? 1 : differences;
  console.log(`conformance: ${ran} clusters beside the real scheduler, ${differences} differences`);
  writeFileSync(jsonFile, JSON.stringify({ failures: Math.max(failures, Number(status !== 0)) }));
  return status === 0 && failures === 0 ? 0 : 1;
}
