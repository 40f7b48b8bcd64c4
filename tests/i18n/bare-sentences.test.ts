import { describe, expect, test } from "vitest";
import { sourceTexts } from "../source-texts";

/** What stands for an expression or an element once it was looked at. */
const SEEN = "¤";

const EMPTY_ELEMENT = /<[A-Za-z][\w.]*(?:\s[^<>]*)?\/>/g;
const ELEMENT = /<([A-Za-z][\w.]*|)(?:\s[^<>]*)?(?<!\/)>([^<>{}]*)<\/\1>/g;
const BRACES = /\{[^{}]*\}/g;

const said = (text: string) => /\p{L}/u.test(text.replace(/&#?\w+;/g, ""));

/** Sentences that a component has in itself instead of in the messages. */
function bareSentences(source: string): string[] {
  const found = [
    // A text handed over as a child in braces, to an attribute that is read out, or to the head of a page.
    ...source.matchAll(/(?<![=$])\{\s*["'`]([^"'`$\n]*)["'`]\s*\}/g),
    ...source.matchAll(/\s(?:aria-label|aria-description|aria-placeholder|title|alt|placeholder)=\{?["'`]([^"'`$\n]*)["'`]/g),
    ...source.matchAll(/\b(?:title|description): ["']([^"'\n]*)["']/g),
  ].map(([, text = ""]) => text);

  let left = source
    .replace(/"(?:[^"\\\n]|\\.)*"|\/\*[\s\S]*?\*\/|(?<!:)\/\/.*/g, (match) => (match.startsWith('"') ? '""' : ""))
    .replace(/=>/g, SEEN);
  const look = (_: string, _tag: string, text: string) => {
    found.push(text);
    return SEEN;
  };
  const close = (code: string) => {
    // An element that could not be taken apart was not looked at.
    found.push(...(code.match(/<\/[\w.]*>|\/>/g) ?? []).map((tag) => `unread: ${tag}`));
    return SEEN;
  };
  // From the innermost outwards, elements before the braces that hold them, so that no code is taken for a text.
  for (let before = ""; before !== left; ) {
    before = left;
    left = left.replace(EMPTY_ELEMENT, SEEN).replace(ELEMENT, look);
    if (before === left) left = left.replace(BRACES, close);
  }
  close(left);
  return found.filter(said).map((text) => text.trim());
}

const component = (inside: string) => `export function Planted({ t, items }: Props) {
  const known = new Map<string, Array<number>>();
  return (
    ${inside}
  );
}`;

describe("no component has a sentence in itself", () => {
  test.each([
    ["a sentence in a tag", "<p>Nothing is known</p>", ["Nothing is known"]],
    ["one on a line of its own", '<p className="nothing">\n      Ничего не известно\n    </p>', ["Ничего не известно"]],
    ["one beside an expression", "<p>{t(key)} people</p>", [`${SEEN} people`]],
    ["one between expressions", '<p>{t("a.b")}: about {words.number(3)}</p>', [`${SEEN}: about ${SEEN}`]],
    ["one in a condition", '{open && <a href="/x">Open</a>}', ["Open"]],
    ["one in a list", "<ul>{items.map((item) => (<li key={item.id}>no {item.name}</li>))}</ul>", [`no ${SEEN}`]],
    ["one in a fragment", "<>or</>", ["or"]],
    ["one behind a tag that closes", '<p><b>{t("a")}</b> and</p>', [`${SEEN} and`]],
    ["one behind a tag without children", "<p><br />then</p>", [`${SEEN}then`]],
    ["one before a tag", "<p>see<b>{more}</b></p>", [`see${SEEN}`]],
    ["one after a handler", "<button onClick={() => go(1)}>Go</button>", ["Go"]],
    ["one with an apostrophe", "<p>don't</p>", ["don't"]],
    ["one in braces", '<p>{"people"}</p>', ["people"]],
    ["one that is read out", '<nav aria-label="Languages"></nav>', ["Languages"]],
    ["one that stands in a field", '<input placeholder={"Number"} />', ["Number"]],
    ["an element that cannot be read", "<p>{a} > {b}</p>", ["unread: </p>"]],
    ["one in the head", 'metadata = { title: "The desk" }', ["The desk"]],
  ])("%s is found", (_what, inside, sentences) => {
    expect(bareSentences(component(inside))).toEqual(sentences);
  });

  test.each([
    ["a text of the messages", '<p className="lead">{t("home.lead")}</p>'],
    ["signs", '<p>{a} · {b}: {" "}({c})&nbsp;<span aria-hidden="true">✕</span></p>'],
    ["an attribute that is not read", '<input name="email" type="text" {...ids} autoComplete="username" />'],
    ["a class that is put together", `<p className={\`deadline deadline-\${state}\`}>{text}</p>`],
    ["a comment", '<p>{/* <b>why</b> */}{t("a")}</p>'],
    ["a comparison", '{count > 0 && count < most && <p>{t("a")}</p>}'],
    ["code between elements", "<A />;\n  const more = (x: string) => x;\n  return (\n    <B />"],
    ["types", "<p>{items as Record<string, Array<string>>}</p>"],
  ])("%s is not", (_what, inside) => {
    expect(bareSentences(component(inside))).toEqual([]);
  });

  test.each(sourceTexts("app", /\.tsx$/))("$file", ({ text }) => {
    expect(bareSentences(text)).toEqual([]);
    // A sentence in any of its elements would have been seen.
    const closing = /<\/(?=[\w>])/g;
    expect(bareSentences(text.replace(closing, "planted</"))).toHaveLength(text.match(closing)?.length ?? 0);
  });
});
