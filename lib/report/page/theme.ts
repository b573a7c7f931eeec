// report: light or dark, as the system says until a person says otherwise; and the colours that are in force.

import type { VerdictKind } from "../kinds.js";
import { VERDICT_KINDS } from "../kinds.js";
import { button } from "./dom.js";

/** Of texts on the canvas. */
export const FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif";

export interface Colours {
  readonly ink: string;
  readonly muted: string;
  readonly line: string;
  readonly surface: string;
  readonly heading: string;
  readonly accent: string;
  readonly onFits: string;
  readonly kinds: { readonly [Kind in VerdictKind]: string };
}

const dark = matchMedia("(prefers-color-scheme: dark)");

/** The colours of the style sheet, as they are now. */
export function colours(): Colours {
  const style = getComputedStyle(document.documentElement);
  const of = (name: string): string => style.getPropertyValue(`--${name}`).trim();
  const kinds = Object.fromEntries(VERDICT_KINDS.map((kind) => [kind, of(kind)])) as Colours["kinds"];
  return {
    ink: of("ink"),
    muted: of("muted"),
    line: of("line"),
    surface: of("surface"),
    heading: of("heading"),
    accent: of("accent"),
    onFits: of("on-fits"),
    kinds,
  };
}

/** The switch; `changed` is told whenever the colours are others. */
export function themeSwitch(changed: () => void): HTMLButtonElement {
  const root = document.documentElement;
  const isDark = (): boolean => (root.dataset.theme ?? (dark.matches ? "dark" : "light")) === "dark";
  const label = (): void => {
    made.textContent = isDark() ? "Light" : "Dark";
    made.title = `Show in ${isDark() ? "light" : "dark"} colours`;
  };
  const made = button("", { class: "quiet" }, () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    label();
    changed();
  });
  dark.addEventListener("change", () => {
    label();
    changed();
  });
  label();
  return made;
}
