import { afterEach, beforeAll, expect, test, vi } from "vitest";
import { announceDeadline } from "@/lib/deadlines/write";
import { act } from "@/lib/ledger/write";
import { recordSnapshot } from "@/lib/snapshots/write";
import { answered, type Rows } from "../api/asking";
import { database, withStarterRecord } from "../api/starter";
import { accepted, CENTRAL, deadline, figure } from "../setup/record";

withStarterRecord();

const DAY = "2027-03-10";
const ZONES = ["Asia/Bishkek", "Europe/Moscow", "Europe/Kaliningrad", "America/New_York"];
/** Around the midnights of each zone, and of Moscow, at both ends of the day. */
const INSTANTS = [
  "2027-03-09T17:59:59.999Z",
  "2027-03-09T18:00:00Z",
  "2027-03-09T20:59:59.999Z",
  "2027-03-09T21:00:00Z",
  "2027-03-09T22:30:00Z",
  "2027-03-10T12:00:00Z",
  "2027-03-10T17:59:59.999Z",
  "2027-03-10T18:00:00Z",
  "2027-03-10T20:59:59.999Z",
  "2027-03-10T21:00:00Z",
  "2027-03-10T21:59:59.999Z",
  "2027-03-10T22:00:00Z",
  "2027-03-11T04:59:59.999Z",
  "2027-03-11T05:00:00Z",
];

const setTo = (instant: string) => vi.useFakeTimers({ toFake: ["Date"], now: new Date(instant) });
afterEach(() => void vi.useRealTimers());

beforeAll(async () => {
  const now = new Date("2027-03-01T12:00:00Z");
  for (const [index, zone] of ZONES.entries())
    for (const day_counts of [true, false]) {
      const countries = [["KG", "TJ", "UZ", "AM"][index] ?? "KG"];
      const said = deadline({ chain: `in-${index}-${day_counts}`, falls_on: DAY, zone, day_counts, countries });
      accepted(await act(database.staff, (tx) => announceDeadline(tx, CENTRAL, said, now)));
    }
  // Figures of an instant: one of them grows too old in the middle of the day.
  for (const country of ["KG", "TJ", "UZ", "AM"])
    for (const [as_of, value] of [
      ["2027-01-20T09:00Z", 1200],
      [country === "AM" ? "2027-02-08T09:00Z" : "2027-02-09T09:00Z", 1000],
    ] as const) {
      const said = figure({ country, as_of, value, qualifier: "exact", source: { title: as_of, published_on: as_of.slice(0, 10) } });
      accepted(await act(database.staff, (tx) => recordSnapshot(tx, CENTRAL, said, now)));
    }
});

const QUESTIONS = [
  ["deadlines", "/deadlines?"],
  ["latest", "/latest?measure=gray_list&"],
  ...["KG", "TJ", "UZ", "AM"].map((code) => ["projection", `/projection?country=${code}&measure=gray_list&`] as const),
] as const;

test.each(INSTANTS)("at %s what was asked without dates is the same with those that were echoed, then and a day later", async (instant) => {
  for (const [name, question] of QUESTIONS) {
    setTo(instant);
    const first = await answered(name, question);
    const pinned = `${question}as_known_on=${first.as_known_on}&as_recorded_at=${first.as_recorded_at}`;
    expect((await answered(name, pinned)).text, question).toBe(first.text);
    vi.setSystemTime(new Date(Date.parse(instant) + 86_400_000));
    expect((await answered(name, pinned)).text, question).toBe(first.text);
  }
});

test("a deadline is of today on the last day of its own zone's calendar, and has passed from the next one on", async () => {
  const stateOn = async (day: string) => {
    const { data } = await answered<Rows>("deadlines", `/deadlines?as_known_on=${day}&limit=1000`);
    return Object.fromEntries(data.flatMap(({ chain, state }) => (`${chain}`.startsWith("in-") ? [[chain, state]] : [])));
  };
  setTo("2027-04-01T12:00:00Z");
  const [eve, day, after] = [await stateOn("2027-03-09"), await stateOn(DAY), await stateOn("2027-03-11")];
  for (const index of ZONES.keys()) {
    expect([eve, day, after].map((on) => on[`in-${index}-true`])).toEqual(["last_days", "today", "passed"]);
    expect([eve, day, after].map((on) => on[`in-${index}-false`])).toEqual(["today", "passed", "passed"]);
  }
});

test("a projection leads to a deadline all through its last day, wherever that ends, and to none afterwards", async () => {
  setTo("2027-04-01T12:00:00Z");
  for (const country of ["KG", "TJ", "UZ"]) {
    const on = async (day: string) =>
      (await answered<Record<string, unknown>>("projection", `/projection?country=${country}&measure=gray_list&as_known_on=${day}`)).data;
    expect(await on(DAY)).toMatchObject({ refused: null, ends_at: expect.stringMatching(/^2027-03-1[01]T/), days: expect.any(Number) });
    expect(await on("2027-03-11")).toMatchObject({ refused: "no_deadline_ahead", deadline: null });
  }
});
