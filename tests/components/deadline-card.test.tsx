import fc from "fast-check";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, test } from "vitest";
import { DeadlineCard, SIGN } from "@/app/_components/deadline-card";
import { chainsFor, type Deadline } from "@/lib/deadlines/rules";
import { languages } from "@/lib/i18n/languages";
import { wordsFor } from "@/lib/i18n/words";
import { april, deadline, september } from "../deadlines/deadlines";

const NOW = new Date("2025-08-10T09:00:00Z");

function drawn(deadlines: readonly Deadline[], now = NOW, language: (typeof languages)[number] = "en", live = true): string {
  const [chain] = chainsFor(deadlines, "KG", now);
  if (!chain) throw new Error("nothing binds");
  return renderToStaticMarkup(<DeadlineCard chain={chain} now={now} zone="Asia/Bishkek" live={live} words={wordsFor(language)} />);
}

const withoutTemplate = (html: string) => html.replace(/<template.*<\/template>/s, "");
const textOf = (html: string) =>
  withoutTemplate(html)
    .replaceAll(/<[^>]+>/g, " ")
    .replaceAll(/\s+/g, " ");

describe("a card says in words and by a sign how its deadline stands", () => {
  test.each([
    ["ahead", "2025-08-10T09:00:00Z", "31 days left"],
    ["last_days", "2025-09-05T09:00:00Z", "Last days: 5 days left"],
    ["last_days", "2025-09-09T09:00:00Z", "Last days: 1 day left"],
    ["today", "2025-09-10T15:30:00Z", "Today is the last day: more than 5 hours left"],
    ["today", "2025-09-10T20:59:00Z", "Today is the last day: less than an hour left"],
    ["passed", "2025-09-10T21:00:00Z", "Passed 1 day ago"],
    ["passed", "2026-11-25T12:00:00Z", "Passed 441 days ago"],
  ] as const)("%s, at %s", (state, now, words) => {
    const html = drawn([april, september], new Date(now));
    expect(html).toContain(`class="deadline deadline-${state}"`);
    expect(textOf(html)).toContain(`${SIGN[state]} ${words}`);
    expect(textOf(html)).toContain("Extended: before, the last day was 30 April 2025.");
  });

  test("cancelled, with what else is on record", () => {
    const html = drawn([september, deadline("end", "2025-09-10", { replaces: "september", cancelled: true })]);
    expect(textOf(html)).toContain(`${SIGN.cancelled} Cancelled: it no longer holds`);
    expect(textOf(html)).toContain("No later deadline and no extension is on record.");
    expect(html).not.toContain("data-until");
  });

  test("the moment where it falls and where the visitor is, and whether the day itself counts", () => {
    const html = textOf(drawn([september]));
    expect(html).toContain("10 September 2025, 23:59 in Moscow");
    expect(html).toContain("11 September 2025, 02:59 in Bishkek");
    expect(html).toContain("The day itself still counts.");
    const before = textOf(drawn([deadline("before", "2025-09-10", { dayCounts: false })]));
    expect(before).toContain("9 September 2025, 23:59 in Moscow");
    expect(before).toContain("The day 10 September 2025 itself no longer counts.");
  });

  test.each(languages)("in %s every state has its own words", (language) => {
    const at = ["2025-08-10T09:00:00Z", "2025-09-05T09:00:00Z", "2025-09-10T15:30:00Z", "2025-09-12T15:30:00Z"];
    const said = at.map((now) => /class="state">.*?<\/span>(.*?)<\/p>/.exec(drawn([september], new Date(now), language))?.[1]);
    expect(new Set(said).size).toBe(4);
    for (const words of said) expect(words).toMatch(/\p{L}{3}/u);
  });
});

describe("what a card brings along to count in the browser", () => {
  test("its end, its next turn, and the card it becomes, as of its end", () => {
    const html = drawn([september]);
    expect(html).toContain('data-until="2025-09-10T21:00:00.000Z"');
    expect(html).toContain('data-turns="2025-08-10T21:00:00.000Z"');
    const after = /<template[^>]*>(.*)<\/template>/s.exec(html)?.[1] ?? "";
    expect(after).toContain("deadline-passed");
    expect(after).toContain("Passed 1 day ago");
    expect(after).toContain("As of 11 September 2025, 00:00 (Moscow)");
    expect(after).not.toContain("data-until");
  });

  test("a page of a past day counts nothing", () => {
    const html = drawn([september], NOW, "en", false);
    expect(html).not.toMatch(/data-until|data-turns|<template|aria-live|As of/);
  });

  test("what has passed tells when its words turn, and ticks no more", () => {
    const html = drawn([september], new Date("2025-09-12T09:00:00Z"));
    expect(html).toContain('data-turns="2025-09-12T21:00:00.000Z"');
    expect(html).not.toContain("data-until");
  });
});

test("a text that exists in one language only is shown in it and marked", () => {
  const html = drawn([deadline("d", "2025-09-10", { consequence: { ru: "Выдворение" } })], NOW, "ky");
  expect(html).toContain('<span lang="ru">Выдворение</span>');
  expect(html).toContain("Русский");
});

test("no text of staff changes what a card is made of", () => {
  const shape = (html: string) => html.replaceAll(/[^<>]*(<[a-z/]+)[^<>]*(>)[^<>]*/g, "$1$2");
  const plain = shape(drawn([deadline("d", "2025-09-10", { consequence: { en: "x" }, basis: { en: "y" } })]));
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), (text) => {
      const hostile = `${text}<script>"'>&\u202e]]>x`;
      expect(shape(drawn([deadline("d", "2025-09-10", { consequence: { en: hostile }, basis: { en: hostile } })]))).toBe(plain);
    }),
  );
});
