// report: the block of data in the page -> a report.

import type { ReportData } from "../types.js";

export async function dataOf(block: HTMLElement): Promise<ReportData> {
  const text = block.textContent ?? "";
  const json = block.dataset.coding === "deflate" ? await inflated(text) : text;
  // The text is not needed twice.
  block.remove();
  return JSON.parse(json) as ReportData;
}

function inflated(base64: string): Promise<string> {
  const binary = atob(base64);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = binary.charCodeAt(i);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return new Response(stream).text();
}
