// cli: the texts of help, cut for a line in a list of completions.

const WIDTH = 72;

/** What stands before a semicolon or a default, and no more than fits a line. */
export function brief(summary: string): string {
  const [first] = summary.split(/; | \(default/);
  return first.length <= WIDTH ? first : `${first.slice(0, first.lastIndexOf(" ", WIDTH))} ...`;
}
