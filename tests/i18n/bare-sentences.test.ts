import { describe, expect, test } from "vitest";
import { sourceTexts } from "../source-texts";
import { bareSentences } from "./sentences-in-code";

const component = (inside: string) => `"use client";
import { a } from "./A place";
export function Planted({ t, items }: Props) {
  const known = new Map<string, Array<number>>();
  const people = "people";
  const hello: string = "Nothing binds you";
  return (
    ${inside}
  );
}`;
const planted = (inside: string) => bareSentences(component(inside)).filter((text) => text !== "Nothing binds you");

describe("no component has a sentence in itself", () => {
  test.each([
    ["a sentence in a tag", "<p>Nothing is known</p>", ["Nothing is known"]],
    ["one on a line of its own", '<p className="nothing">\n      Ничего не известно\n    </p>', ["Ничего не известно"]],
    ["one beside an expression", "<p>{t(key)} people</p>", ["people"]],
    ["one between expressions", '<p>{t("a.b")}: about {words.number(3)}</p>', [": about"]],
    ["one in a condition", '<>{open && <a href="/x">Open</a>}</>', ["Open"]],
    ["one in a list", "<ul>{items.map((item) => (<li key={item.id}>no {item.name}</li>))}</ul>", ["no"]],
    ["one in a fragment", "<>or</>", ["or"]],
    ["one behind a tag without children", "<p><br />then</p>", ["then"]],
    ["one after a handler", "<button onClick={() => go(1)}>Go</button>", ["Go"]],
    ["one with an apostrophe", "<p>don't</p>", ["don't"]],
    ["one in braces", '<p>{"people"}</p>', ["people"]],
    ["one of two", '<p>{n > 0 ? "some" : "none"}</p>', ["some", "none"]],
    ["one where there is none else", '<p>{name ?? "nobody"}{open && "open"}{as ? ("x" as string) : y}</p>', ["nobody", "open", "x"]],
    ["one put together", '<p>{"about " + n}</p>', ["about"]],
    ["one in a template", `<p>{\`\${n} people\`}</p>`, ["¤ people"]],
    ["a constant", "<p>{people}</p>", ["people"]],
    ["one handed to a function", '<p>{say("Nothing is known")}</p>', ["Nothing is known"]],
    ["one handed to another component", '<Said text="nothing is known" />', ["nothing is known"]],
    ["one in other letters", '<p>{say("ничего")}</p>', ["ничего"]],
    ["one that is read out", '<nav aria-label="Languages"></nav>', ["Languages"]],
    ["a template that is read out", `<nav aria-label={\`\${n} languages\`}></nav>`, ["¤ languages"]],
    ["one of two that are read out", '<img alt={open ? "open" : "closed"} title={people} />', ["open", "closed", "people"]],
    ["one that stands in a field", '<input placeholder={"number"} />', ["number"]],
    ["one in the head", '<A metadata={{ title: "desk", description: "all" }} />', ["desk", "all"]],
  ])("%s is found", (_what, inside, sentences) => {
    expect(planted(inside)).toEqual(sentences);
  });

  test("a constant that reads like a sentence is found wherever it stands", () => {
    expect(bareSentences(component("<p>{t(hello)}</p>"))).toEqual(["Nothing binds you"]);
    expect(bareSentences('const SAID = { none: "Nothing", some: "about that many" };')).toEqual(["Nothing", "about that many"]);
  });

  test.each([
    ["a text of the messages", '<p className="lead">{t("home.lead")}{t(key)}</p>'],
    ["signs", '<p>{a} · {b}: {" "}({c})&nbsp;<span aria-hidden="true">✕</span></p>'],
    ["an attribute that is not read", '<input name="email" type="text" {...ids} autoComplete="username" />'],
    ["classes", `<p className={open ? "deadline open" : \`deadline deadline-\${state}\`}>{text}</p>`],
    ["a path", '<path d="M7 2L12 7L7 12L2 7Z" />'],
    ["a comment", '<p>{/* <b>why</b> */}{t("a")}</p>'],
    ["a comparison", '<>{count > 0 && kind === "open" && <p>{t("a")}</p>}</>'],
    ["types", '<p>{items as Record<string, "Some people">}</p>'],
    ["what a bug says", '<p>{fail(new Error("There is no such thing"))}{console.error("a page could not be made:", e)}</p>'],
    ["the name of a key", '<input onKeyDown={(event) => event.key === "Enter" && send()} />'],
  ])("%s is not", (_what, inside) => {
    expect(planted(inside)).toEqual([]);
  });

  test("a table of classes is no table of texts", () => {
    expect(bareSentences('const KINDS = { one: "mark rival" };\nconst A = () => <g className={KINDS[kind]} />;')).toEqual([]);
    expect(bareSentences('const KINDS = { one: "mark rival" };\nconst A = () => <g>{KINDS[kind]}</g>;')).toEqual(["mark rival"]);
  });

  test.each(sourceTexts("app", /\.tsx$/).concat(sourceTexts("app/_components", /\.ts$/)))("$file", ({ text }) => {
    expect(bareSentences(text)).toEqual([]);
  });
});
