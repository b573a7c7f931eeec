// npm run test:browser [-- --pictures FOLDER]: reports in a headless Chromium (CHROMIUM, or one on the PATH): that they open
// in time, ask the network for nothing, show the right causes, and run nothing that stands in a name.

import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromiumPath, launch } from "./browser.mjs";
import * as checks from "./checks.mjs";
import { takePictures } from "./pictures.mjs";

const executable = chromiumPath();
process.exitCode = executable === undefined ? absent() : await main(executable);

function absent() {
  console.error(
    "test:browser needs a Chromium: set CHROMIUM to its path, or put it on the PATH (Debian: apt-get install chromium)",
  );
  return 2;
}

async function main(executable) {
  const embed = fileURLToPath(new URL("../../scripts/embed-page.mjs", import.meta.url));
  if (spawnSync(process.execPath, [embed], { stdio: "inherit" }).status !== 0) return 1;
  const { EXAMPLES, exampleReport, hostileReport, mixedReport } = await import("./reports.mjs");
  const folder = mkdtempSync(join(tmpdir(), "topomatch-browser-"));
  const browser = await launch(executable);
  let passed = 0;
  let failed = 0;
  const check = async (name, work) => {
    try {
      const told = await work();
      passed++;
      console.log(`ok   ${name}${told === undefined ? "" : `: ${told}`}`);
    } catch (error) {
      failed++;
      console.log(`FAIL ${name}: ${error.stack}`);
    }
  };
  try {
    const files = {};
    for (const name of Object.keys(EXAMPLES)) {
      files[name] = await exampleReport(name, folder);
      await check(`${name} opens`, () => checks.opens(browser, files[name]));
    }
    await check("zone-mismatch shows causes to the pointer and the keyboard", () =>
      checks.zoneMismatch(browser, files["zone-mismatch"]),
    );
    await check("local-volumes can be filtered, and shown in dark", () =>
      checks.filter(browser, files["local-volumes"]),
    );
    const hostile = await hostileReport(folder);
    await check("hostile names open", () => checks.opens(browser, hostile));
    await check("hostile names do not run", () => checks.hostile(browser, hostile));
    files.mixed = await mixedReport(folder);
    await check("B3's mixed cluster opens", () => checks.opens(browser, files.mixed));
    await check("B3's mixed cluster shows the cause", () => checks.mixed(browser, files.mixed));
    const flag = process.argv.indexOf("--pictures");
    if (flag > 0) {
      mkdirSync(process.argv[flag + 1], { recursive: true });
      await takePictures(browser, files, process.argv[flag + 1]);
    }
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true });
  }
  console.log(`${passed} passed, ${failed} failed`);
  return failed > 0 ? 1 : 0;
}
