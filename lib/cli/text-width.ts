// cli: text in columns.

/** How many characters; those that take two places in a terminal count as one. */
export function widthOf(text: string): number {
  return [...text].length;
}

/** The text with blanks behind it. */
export function padded(text: string, width: number): string {
  return text.padEnd(width + text.length - widthOf(text));
}
