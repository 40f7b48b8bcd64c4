import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { closePools } from "@/db/client";
import { answered, ask, type Rows } from "../api/asking";
import { entered, madeToken, refusedAs, send, statement } from "../api/sending";
import { type FreshDatabase, freshDatabase } from "../setup/fresh-database";
import { addPeople, CENTRAL, COUNTRY_ADMIN, differences, REVIEWER, recorded, rowCounts, source } from "../setup/record";

let database: FreshDatabase;
/** One whose entries wait, and one that publishes. */
let waits: { tokenId: string; token: string };
let publishes: { tokenId: string; token: string };
beforeAll(async () => {
  database = await freshDatabase();
  process.env.DATABASE_URL = database.url;
  await addPeople(database.staff, CENTRAL, COUNTRY_ADMIN, REVIEWER);
  waits = await madeToken(database.staff, COUNTRY_ADMIN, { name: "Consulate in Moscow" });
  publishes = await madeToken(database.staff, CENTRAL, { name: "Ministry", countries: ["KG", "ALL"], publishes: "✓" });
});
afterAll(async () => {
  expect(await differences(database.owner)).toEqual([]);
  await closePools();
  delete process.env.DATABASE_URL;
  await database.close();
});

let day = 0;
/** A statement about a day of its own, so that nothing is there already. */
const another = (more: Record<string, unknown> = {}) => {
  day += 1;
  const as_of = new Date(Date.UTC(2024, 0, 1 + day)).toISOString().slice(0, 10);
  return statement({ as_of, value: 1000 + day, source: { title: `Count ${day}`, published_on: as_of }, ...more });
};

/** What is sent is refused so, and leaves every table as it was. */
async function leavesNothing(sending: Promise<Response> | (() => Promise<Response>), status: number, code: string) {
  const before = await rowCounts(database.staff);
  const problem = await refusedAs(await (typeof sending === "function" ? sending() : sending), status, code);
  expect(await rowCounts(database.staff)).toEqual(before);
  return problem;
}

describe("a statement that a token may publish", () => {
  test("is public at once, is answered as it was understood, and stands in the record with its token", async () => {
    const sent = another({ children_share: 0.31, wording: "about a thousand", note: "By telephone" });
    const response = await send(sent, publishes);
    const location = response.headers.get("location") ?? "";
    const { text: _, ...said } = await entered(response);
    expect(said).toMatchObject({
      state: "published",
      revision: 1,
      country: "KG",
      country_iso3: "KGZ",
      kind: "stock",
      as_of: sent.as_of,
      value: sent.value,
      low: expect.any(Number),
      high: expect.any(Number),
      qualifier: "about",
      unchanged: false,
      children_share: 0.31,
      wording: "about a thousand",
      note: "By telephone",
      obs_status: "E",
      source: { title: sent.source.title, published_on: sent.as_of, publisher: null, speaker: null, speaker_role: null, url: null },
      url: `http://127.0.0.1:3000/en/snapshots/${said.statement_id}`,
    });
    expect(location).toBe(`/api/v1/snapshots/${said.statement_id}`);
    // What the API gives out of it is what was answered, by the same names.
    const { data } = await answered<Rows>("snapshot", location.replace("/api/v1", ""));
    const { source: given, rank: _r, known_from: _k, recorded_at: _a, superseded_at: _s, ...public_ } = data[0] as Record<string, unknown>;
    const { id: _i, ...givenSource } = given as Record<string, unknown>;
    expect({ ...public_, source: givenSource }).toEqual(said);
    const [row] = await database.owner`
      select recorded_by, published_by, token_id, warnings, confirmation from record.snapshots where statement_id = ${said.statement_id}`;
    expect(row).toEqual({ recorded_by: "central", published_by: "central", token_id: publishes.tokenId, warnings: [], confirmation: null });
    const [from] = await database.owner`select recorded_by, token_id from record.sources where title = ${sent.source.title}`;
    expect(from).toEqual({ recorded_by: "central", token_id: publishes.tokenId });
  });

  test.each<[string, Record<string, unknown>, Record<string, unknown>]>([
    ["a range", { value: null, qualifier: "between", low: 900, high: 1100 }, { value: null, low: 900, high: 1100, qualifier: "between" }],
    ["a zero", { value: 0, qualifier: "exact", confirm: null }, { value: 0, low: 0, high: 0, obs_status: "A" }],
    [
      "that there is none",
      { value: undefined, qualifier: undefined, missing_reason: "declined" },
      { value: null, qualifier: null, missing_reason: "declined", obs_status: "Q" },
    ],
    ["that nothing has changed", { value: undefined, qualifier: undefined, unchanged: true }, { unchanged: true, value: null }],
    ["a total", { country: "ALL", unchanged: false }, { country: "ALL", country_iso3: null }],
    ["of a flow", { measure: "expelled", period_start: "2024-01-01" }, { kind: "flow", period_start: "2024-01-01" }],
    ["at an instant", { as_of: "2025-07-01T18:00+03:00", source: { title: "At six" } }, { as_of_from: "2025-07-01T15:00:00.000Z" }],
  ])("may be %s", async (_what, more, expected) => {
    const { text: _, ...said } = await entered(
      await send(another({ confirm: ["out_of_range", "jump", "unchanged_without_figure"], ...more }), publishes),
    );
    expect(said).toMatchObject({ state: "published", ...expected });
  });
});

describe("a statement of another token", () => {
  test("waits for a person, is public nowhere, and says by which token it came and whose that is", async () => {
    const sent = another();
    const response = await send(sent, waits);
    expect(response.headers.get("location")).toBeNull();
    const { text: _, ...said } = await entered(response);
    expect(said).toMatchObject({ state: "waiting", revision: null, url: null, value: sent.value });
    expect((await ask(`/snapshots/${said.statement_id}`)).status).toBe(404);
    const [row] = await database.owner`
      select state, verb, submitted_by, token_id, countries, content->'value' as value from staff.submissions where statement_id = ${said.statement_id}`;
    expect(row).toEqual({
      state: "waiting",
      verb: "record",
      submitted_by: "country-admin",
      token_id: waits.tokenId,
      countries: ["KG"],
      value: sent.value,
    });
    const acts = await database.owner`
      select person_id, token_id, feature, verb from staff.history where feature = 'submissions' and person_id = 'country-admin' order by at desc limit 1`;
    expect([...acts]).toEqual([{ person_id: "country-admin", token_id: waits.tokenId, feature: "submissions", verb: "submit" }]);
  });
});

describe("what is unlikely", () => {
  test("is told with the figures it rests on, and its confirmation is kept with the revision", async () => {
    const id = await recorded(database.staff, {
      as_of: "2025-11-01",
      value: 5000,
      source: source("Said before", { published_on: "2025-11-01" }),
    });
    const sent = statement({
      as_of: "2025-11-01",
      value: 5000,
      qualifier: "about",
      source: { title: "Said before", published_on: "2025-11-01" },
    });
    const { warnings = [] } = await leavesNothing(send(sent, publishes), 422, "warned");
    const asking = warnings.filter(({ asks }) => asks).map(({ code }) => code);
    expect(asking).toContain("already_there");
    for (const { detail } of warnings) expect(detail).toMatch(/^[A-Z].+\.$/);
    // One that was not told confirms nothing.
    await leavesNothing(send({ ...sent, confirm: ["rival"] }, publishes), 422, "warned");
    const said = await entered(await send({ ...sent, confirm: asking }, publishes));
    expect(said.statement_id).not.toBe(id);
    const [row] = await database.owner`select warnings, confirmation from record.snapshots where statement_id = ${said.statement_id}`;
    expect(row).toEqual({ warnings: asking, confirmation: "confirmed_by_program" });
    const waiting = await entered(await send({ ...sent, confirm: asking }, waits));
    const [submission] = await database.owner`
      select content->'confirmed' as confirmed from staff.submissions where statement_id = ${waiting.statement_id}`;
    expect(submission?.confirmed).toEqual({ warnings: asking, confirmation: "confirmed_by_program" });
  });
});

describe("what cannot be recorded is refused field by field", () => {
  test.each<[string, Record<string, unknown>, Record<string, string>]>([
    ["nothing", {}, { country: "required", measure: "required", as_of: "required", source: "required" }],
    [
      "a field that there is none of",
      { ...statement(), colour: "gray", statement_id: "a" },
      { colour: "unknown_field", statement_id: "unknown_field" },
    ],
    ["one inside the source", statement({ source: { title: "A", copy_id: "a" } }), { "source.copy_id": "unknown_field" }],
    [
      "a name that objects have",
      JSON.parse('{"__proto__": {"value": 1}, "constructor": 1}'),
      { ["__proto__"]: "unknown_field", constructor: "unknown_field" },
    ],
    ["a number in words", statement({ value: "1000" }), { value: "not_a_number" }],
    ["a half person", statement({ value: 0.5 }), { value: "not_whole" }],
    ["more than there are", statement({ value: 1e12 }), { value: "too_many" }],
    ["no figure at all", statement({ value: undefined, qualifier: undefined }), { value: "required", qualifier: "required" }],
    ["a figure and a reason why there is none", statement({ missing_reason: "declined" }), { value: "only_with_a_figure" }],
    ["a qualifier of none", statement({ qualifier: "roughly" }), { qualifier: "unknown_choice" }],
    ["a country of none", statement({ country: "XX" }), { country: "unknown_country" }],
    ["a day as people write it", statement({ as_of: "01.10.2025" }), { as_of: "moment_unreadable" }],
    ["a day to come", statement({ as_of: "2999-01-01" }), { as_of: "in_the_future" }],
    ["a title with a zero byte", statement({ source: { title: "A\0B" } }), { "source.title": "unreadable_characters" }],
    ["half a character", statement({ note: "a\ud800b" }), { note: "unreadable_characters" }],
    ["an address of no web", statement({ source: { title: "A", url: "javascript:alert(1)" } }), { "source.url": "not_a_web_address" }],
    ["a source that is a text", statement({ source: "A" }), { source: "not_an_object" }],
    ["warnings that there are none of", statement({ confirm: ["anything"] }), { "confirm.0": "unknown_choice" }],
    ["a word for a yes", statement({ unchanged: "yes" }), { unchanged: "not_true_or_false" }],
    ["a statement that is not there", statement({ restates: "nowhere" }), { restates: "no_such_statement" }],
    ["a title too long", statement({ source: { title: "x".repeat(501) } }), { "source.title": "too_long" }],
  ])("%s", async (_what, sent, fields) => {
    const problem = await leavesNothing(send(sent, publishes), 422, "fields");
    const told = Object.fromEntries((problem.fields ?? []).map(({ field, code }) => [field, code]));
    expect(told).toMatchObject(fields);
    for (const { detail } of problem.fields ?? []) expect(detail).not.toBe("");
  });

  test("as many as there may be are told, and each shortly", async () => {
    const many = Object.fromEntries(Array.from({ length: 900 }, (_, number) => [`${number}${"x".repeat(50)}`, 1]));
    const { fields = [] } = await leavesNothing(send({ ...statement(), ...many }, publishes), 422, "fields");
    expect(fields).toHaveLength(20);
    const long = await leavesNothing(send({ ...statement(), ["n".repeat(5000)]: 1 }, publishes), 422, "fields");
    expect(JSON.stringify(long).length).toBeLessThan(1000);
  });
});

describe("what is no statement at all", () => {
  const bytes = (text: string) => new Uint8Array(Buffer.from(text, "latin1"));

  test.each<[string, Uint8Array]>([
    ["nothing", bytes("")],
    ["half of it", bytes('{"country": "KG"')],
    ["a list", bytes("[]")],
    ["null", bytes("null")],
    ["a number", bytes("1")],
    ["no UTF-8", bytes('{"note": "\xff\xfe"}')],
    ["as deep as it can be", bytes("[".repeat(60_000))],
    ["deep and closed", bytes("[".repeat(30_000) + "]".repeat(30_000))],
  ])("%s", async (_what, body) => {
    await leavesNothing(send(body, publishes), 400, "malformed");
  });

  test("deep inside is a field at fault", async () => {
    const deep = `{"country": "KG", "source": ${'{"title":'.repeat(6000)}1${"}".repeat(6000)}}`;
    const { fields = [] } = await leavesNothing(send(bytes(deep), publishes), 422, "fields");
    expect(fields.map(({ field }) => field)).toContain("source.title");
  });

  test.each<[Record<string, string>, number, string]>([
    [{ "content-type": "text/plain" }, 415, "media_type"],
    [{ "content-type": "application/x-www-form-urlencoded" }, 415, "media_type"],
    [{ "content-type": "application/json; charset=windows-1251" }, 415, "media_type"],
    [{ "content-encoding": "gzip" }, 415, "media_type"],
  ])("%j", async (headers, status, code) => {
    await leavesNothing(send(another(), { ...publishes, headers }), status, code);
  });

  test("more than a statement can hold, or a question beside it", async () => {
    await leavesNothing(send({ ...another(), note: "x".repeat(70_000) }, publishes), 413, "too_large");
    await leavesNothing(send(another(), { ...publishes, query: "?dry_run=1" }), 400, "parameter");
    await entered(await send(another(), { ...publishes, headers: { "content-type": "application/json; charset=UTF-8" } }));
  });
});
