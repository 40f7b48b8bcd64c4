import { expect, test } from "vitest";
import en from "@/lib/i18n/messages/en.json";
import { sourceTexts } from "../source-texts";
import { flat, placeholdersOf } from "./message-tree";

const english = flat(en);

/** What stands from an opening bracket to the one that closes it, strings and templates passed over. */
function inside(text: string, start: number): string {
  let depth = 0;
  let quote = "";
  for (let at = start; at < text.length; at += 1) {
    const letter = text[at] ?? "";
    if (quote) {
      if (letter === "\\") at += 1;
      else if (letter === quote) quote = "";
    } else if (`"'\``.includes(letter)) quote = letter;
    else if ("({[".includes(letter)) depth += 1;
    else if (")}]".includes(letter) && --depth === 0) return text.slice(start + 1, at);
  }
  return text.slice(start + 1);
}

/** The names given in an object literal; undefined where it spreads another object, whose names are not seen here. */
function namesGiven(literal: string): string[] | undefined {
  const names: string[] = [];
  for (let at = 0, rest = literal; rest.trim() !== ""; at += 1) {
    if (at > 50 || rest.trim().startsWith("...")) return undefined;
    const name = /^\s*(\w+)/.exec(rest);
    if (!name) return undefined;
    names.push(name[1] ?? "");
    let end = name[0].length;
    while (end < rest.length && rest[end] !== ",") end += "({[".includes(rest[end] ?? "") ? inside(rest, end).length + 2 : 1;
    rest = rest.slice(end + 1);
  }
  return names;
}

/** Calls of the translator by a whole key that do not give exactly the placeholders its text has. */
function wrongCalls(text: string): string[] {
  return [...text.matchAll(/\bt\(\s*"([\w.]+)"/g)].flatMap((call) => {
    const key = call[1] ?? "";
    const message = english.get(key);
    if (message === undefined) return [`${key} does not exist`];
    const wanted = [...new Set(placeholdersOf(message).map(({ name }) => name))].sort();
    const rest = inside(text, text.indexOf("(", call.index)).slice(call[0].length - 2);
    const brace = rest.indexOf("{");
    // An object made elsewhere is not seen here.
    const given = brace >= 0 ? namesGiven(inside(rest, brace)) : rest.includes(",") ? undefined : [];
    return given === undefined || given.sort().join() === wanted.join() ? [] : [`${key} wants {${wanted}} and is given {${given}}`];
  });
}

test("a planted call that gives the wrong placeholders, or none, is found", () => {
  const planted =
    't("snapshot.revision", { revision: a(1, 2) }); t("snapshot.revision"); t("site.nobody"); t("snapshot.revision", { number })';
  expect(wrongCalls(planted)).toEqual([
    "snapshot.revision wants {number} and is given {revision}",
    "snapshot.revision wants {number} and is given {}",
    "site.nobody does not exist",
  ]);
});

test.each(sourceTexts("app", /\.tsx?$/).concat(sourceTexts("lib", /\.ts$/)))("$file gives every text its placeholders", ({ text }) => {
  expect(wrongCalls(text)).toEqual([]);
});
