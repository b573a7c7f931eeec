// A headless Chromium, and a page of it that notes what should not happen.

import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium } from "playwright-core";

const NAMES = ["chromium", "chromium-browser", "google-chrome"];

/** CHROMIUM, or the first of the usual names on the PATH; undefined where there is none. */
export function chromiumPath({ CHROMIUM, PATH = "" } = process.env) {
  if (CHROMIUM !== undefined && CHROMIUM !== "") return CHROMIUM;
  const paths = PATH.split(delimiter).flatMap((folder) => NAMES.map((name) => join(folder, name)));
  return paths.find(isProgram);
}

function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

export function launch(executablePath) {
  return chromium.launch({ executablePath, args: ["--no-sandbox"] });
}

export const WIDE = { width: 1400, height: 860 };
export const PHONE = { width: 390, height: 844 };

/** A report in a page of its own. */
export class Opened {
  /** What the page complained of, and what it asked the network for. */
  faults = [];
  /** Until it was ready and drawn, and how long the page's main thread worked of that. */
  milliseconds = 0;
  worked = 0;

  static async of(browser, file, { viewport = WIDE, colorScheme = "light" } = {}) {
    const opened = new Opened();
    opened.page = await browser.newPage({ viewport, colorScheme });
    const { page } = opened;
    page.on("console", (message) => opened.faults.push(`console: ${message.text()}`));
    page.on("pageerror", (error) => opened.faults.push(`error: ${error.message}`));
    page.on("dialog", (dialog) => {
      opened.faults.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on("request", (request) => {
      if (request.url() !== `file://${file}`) opened.faults.push(`request: ${request.url()}`);
    });
    const devtools = await page.context().newCDPSession(page);
    await devtools.send("Performance.enable", { timeDomain: "threadTicks" });
    const begun = performance.now();
    await page.goto(`file://${file}`);
    await page.waitForSelector("#report[data-ready]");
    await opened.frame();
    opened.milliseconds = performance.now() - begun;
    const { metrics } = await devtools.send("Performance.getMetrics");
    opened.worked = 1000 * metrics.find(({ name }) => name === "TaskDuration").value;
    return opened;
  }

  /** Until what was changed is drawn. */
  frame() {
    return this.page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
  }

  text(selector) {
    // biome-ignore lint/performance/useDomNodeTextContent: it has the lines that people see.
    return this.page.locator(selector).first().innerText();
  }

  /** Moves the pointer over the picture until the tip's title is this; the tip's text, or "" where it never is. */
  async hover(title) {
    const box = await this.page.locator(".picture").boundingBox();
    for (let y = box.y + 70; y < box.y + box.height; y += 9) {
      for (let x = box.x + 136; x < box.x + box.width; x += 11) {
        await this.page.mouse.move(x, y);
        if ((await this.#tip()).split("\n", 1)[0] === title) return this.#tip();
      }
    }
    return "";
  }

  #tip() {
    return this.page.evaluate(() => {
      const tip = document.querySelector(".tip");
      // biome-ignore lint/performance/useDomNodeTextContent: as above.
      return tip.hidden ? "" : tip.innerText;
    });
  }

  close() {
    return this.page.close();
  }
}
