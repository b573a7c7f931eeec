// The pictures of the README: taken of reports, wide and on a phone, in light and dark.

import { join } from "node:path";
import { Opened } from "./browser.mjs";

export async function takePictures(browser, files, folder) {
  await picture(browser, files["custom-topology-key"], join(folder, "report.png"), {
    viewport: { width: 1280, height: 720 },
    title: "default/warehouse on r2-a",
  });
  await picture(browser, files.mixed, join(folder, "report-5000-nodes.png"), {
    viewport: { width: 1280, height: 720 },
    colorScheme: "dark",
    prepare: async ({ page }) => {
      await page.evaluate(() => document.querySelector(".picture").scrollBy(45_500, 0));
      await page.locator(".picture").click({ position: { x: 503, y: 284 } });
      await page.mouse.move(5, 5);
    },
  });
  await picture(browser, files["bound-cloud-disk"], join(folder, "report-phone.png"), {
    viewport: { width: 390, height: 780 },
  });
}

async function picture(browser, file, path, { title, prepare, ...options }) {
  const opened = await Opened.of(browser, file, options);
  await prepare?.(opened);
  await opened.frame();
  if (title !== undefined) await opened.hover(title);
  await opened.frame();
  await opened.page.screenshot({ path });
  await opened.close();
}
