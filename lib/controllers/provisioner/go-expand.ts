// controllers: Go's os.Expand: `$name` and `${name}` in a text are replaced.

const SPECIAL = /^[*#$@!?\-0-9]/;
const WORD = /^[A-Za-z0-9_]*/;

/** Text between braces is a name whatever it is; braces that are empty or not closed are left out. */
export function expand(text: string, replace: (name: string) => string): string {
  let expanded = "";
  let at = 0;
  for (let dollar = text.indexOf("$"); dollar >= 0 && dollar + 1 < text.length; dollar = text.indexOf("$", at)) {
    const [name, length] = nameIn(text.slice(dollar + 1));
    expanded += text.slice(at, dollar);
    if (name !== "") expanded += replace(name);
    else if (length === 0) expanded += "$";
    at = dollar + 1 + length;
  }
  return expanded + text.slice(at);
}

/** The name that text begins with, and how much of the text that takes. */
function nameIn(text: string): readonly [name: string, length: number] {
  if (text.startsWith("{")) {
    const end = text.indexOf("}");
    // Not closed: the brace alone goes.
    if (end < 0) return ["", 1];
    return [text.slice(1, end), end + 1];
  }
  if (SPECIAL.test(text)) return [text[0], 1];
  const [word] = WORD.exec(text) ?? [""];
  return [word, word.length];
}
