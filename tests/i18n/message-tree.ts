/** A messages file: texts by name, in namespaces. */
export type MessageTree = { [name: string]: string | MessageTree };

/** Every text of a messages file by its dotted key. */
export function flat(tree: MessageTree, prefix = ""): Map<string, string> {
  return new Map(
    Object.entries(tree).flatMap(([name, child]): [string, string][] =>
      typeof child === "string" ? [[prefix + name, child]] : [...flat(child, `${prefix}${name}.`)],
    ),
  );
}

/** The top-level parts of a text in braces, without their braces. */
function braced(text: string): string[] {
  const parts: string[] = [];
  let [depth, start] = [0, 0];
  for (const [at, letter] of [...text].entries()) {
    if (letter === "{" && depth++ === 0) start = at + 1;
    if (letter === "}" && --depth === 0) parts.push([...text].slice(start, at).join(""));
  }
  return parts;
}

/** A placeholder of a text; one that chooses by number has its cases. */
export type Placeholder = { name: string; cases: string[] };

/** The placeholders of a text in ICU syntax, those inside of plural cases too. */
export function placeholdersOf(text: string): Placeholder[] {
  return braced(text).flatMap((part) => {
    const [name = "", kind, ...rest] = part.split(",").map((word) => word.trim());
    if (kind === undefined) return [{ name, cases: [] }];
    const cases = rest.join(",");
    const outside = braced(cases).reduce((left, inner) => left.replace(`{${inner}}`, " "), cases);
    return [{ name, cases: outside.split(/\s+/).filter(Boolean) }, ...braced(cases).flatMap(placeholdersOf)];
  });
}

/** What a text says: without its placeholders, but with every case of those that choose by number. */
export function outsidePlaceholders(text: string): string {
  return braced(text).reduce((left, part) => {
    const [, kind, ...cases] = part.split(",");
    const inside = kind === undefined ? "" : braced(cases.join(",")).map(outsidePlaceholders).join(" ");
    return left.replace(`{${part}}`, ` ${inside} `);
  }, text);
}

const namesIn = (text: string) => [...new Set(placeholdersOf(text).map(({ name }) => name))].sort().join(", ");

/** Where a translation does not fit the English texts: keys and placeholders that lack or exceed, and texts that are blank. */
export function misfits(english: MessageTree, translated: MessageTree): string[] {
  const [ours, theirs] = [flat(english), flat(translated)];
  return [
    ...[...ours.keys()].filter((key) => !theirs.has(key)).map((key) => `${key} is missing`),
    ...[...theirs.keys()].filter((key) => !ours.has(key)).map((key) => `${key} is not in English`),
    ...[...theirs].filter(([, text]) => text.trim() === "").map(([key]) => `${key} is blank`),
    ...[...theirs]
      .filter(([key, text]) => namesIn(text) !== namesIn(ours.get(key) ?? text))
      .map(([key, text]) => `${key} has {${namesIn(text)}} for {${namesIn(ours.get(key) ?? "")}}`),
  ];
}
