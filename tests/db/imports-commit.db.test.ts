import { describe, expect, test } from "vitest";
import { importOf, importRowsOf, importsFor } from "@/lib/imports/read";
import { abandonImport, checkAgain, publishImport, returnImport, sendImport, withdrawImport } from "@/lib/imports/write";
import { actOnce } from "@/lib/ledger/once";
import { act } from "@/lib/ledger/write";
import { correctSnapshot, withdrawSnapshot } from "@/lib/snapshots/write";
import type { Actor } from "@/lib/staff/rules";
import { cells, table } from "../imports/sent-files";
import { database, OTHER, OTHER_ADMIN, recordCounts, send, stateOf, taken, withImporters } from "../setup/imports";
import {
  accepted,
  CENTRAL,
  COUNTRY_ADMIN,
  differences,
  figure,
  NOW,
  RECORDER,
  REVIEWER,
  recorded,
  rowCounts,
  source,
} from "../setup/record";

withImporters();

const snapshotsOf = (importId: string) => database.owner`
  select statement_id, revision, state, reason, recorded_by, published_by, country, value::int, warnings, confirmation
  from record.snapshots where import_id = ${importId} order by recorded_at, statement_id`;

describe("a commit", () => {
  test("writes new rows, corrections and rivals as one act, and who, when and what is noted", async () => {
    const id = await recorded(database.staff, { country: "AZ", note: "Kept", source: source("A list", { published_on: "2025-10-05" }) });
    const of = await taken(
      table([
        cells({ country: "AZ", value: "1100" }),
        cells({ country: "AM" }),
        cells({ country: "AM" }),
        cells({ country: "AZ", value: "900", "source.title": "Another" }),
        cells({ country: "nowhere" }),
      ]),
    );
    const history = async () => database.owner`select * from staff.history`;
    const before = await history();
    expect(await send(CENTRAL, of)).toEqual({
      ok: false,
      failure: { code: "invalid", fields: { reason: "required", without_faulty: "faulty_rows" } },
    });
    expect(await send(CENTRAL, of, { reason: "A list came", withoutFaulty: "yes" })).toEqual({
      ok: true,
      value: { state: "committed", revisions: 3 },
    });
    const rows = await snapshotsOf(of.importId);
    expect(rows).toHaveLength(3);
    const by = { recorded_by: "central", published_by: "central", state: "published" };
    expect(rows.find((row) => row.statement_id === id)).toMatchObject({ ...by, revision: 2, value: 1100, reason: "A list came" });
    expect(rows.filter((row) => row.revision === 1)).toMatchObject([
      { ...by, reason: null },
      { ...by, reason: null },
    ]);
    const [kept] = await database.owner`select note, source_title from derived.snapshots where statement_id = ${id}`;
    expect(kept).toEqual({ note: "Kept", source_title: "A list" });
    expect(await differences(database.owner)).toEqual([]);
    const acts = (await history()).slice(before.length);
    const after = (await history()).filter(({ object_id }) => object_id === of.importId);
    expect(acts).toHaveLength(1);
    expect(after).toMatchObject([
      { verb: "store", person_id: "central", countries: ["AM", "AZ"] },
      { verb: "import", person_id: "central", reason: "A list came", feature: "imports" },
    ]);
    expect(await stateOf(of.importId)).toEqual(["committed", 2]);
  });

  test("sent twice is done once, and the second of two people is told", async () => {
    const of = await taken(table([cells({ country: "BD" })]));
    const once = () => actOnce(database.staff, CENTRAL, "send-key-0001", of, (tx) => sendImport(tx, CENTRAL, of, {}, NOW));
    const both = await Promise.all([once(), once()]);
    expect(both[0]).toEqual(both[1]);
    expect(await snapshotsOf(of.importId)).toHaveLength(1);
    expect(await send(CENTRAL, of)).toEqual({ ok: false, failure: { code: "conflict", current: 2 } });
    expect(await send(CENTRAL, { ...of, version: 2 })).toEqual({ ok: false, failure: { code: "forbidden" } });
    expect(await send(CENTRAL, { importId: "nothing", version: 1 })).toEqual({ ok: false, failure: { code: "not_found" } });
  });

  test("is refused when the record has changed since the dry run, and goes on after another one", async () => {
    const id = await recorded(database.staff, { country: "GE", source: source("A list", { published_on: "2025-10-05" }) });
    const of = await taken(table([cells({ country: "GE", value: "1200" })]));
    const change = { statementId: id, replacesRevision: 1, reason: "Misheard" };
    const sent = figure({ country: "GE", value: 1150, source: source("A list", { published_on: "2025-10-05" }) });
    accepted(await act(database.staff, (tx) => correctSnapshot(tx, CENTRAL, change, sent, NOW)));
    const before = await recordCounts();
    expect(await send(CENTRAL, of, { reason: "x" })).toEqual({ ok: false, failure: { code: "stale" } });
    expect(await recordCounts()).toEqual(before);
    accepted(await checkAgain(database.staff, CENTRAL, of, undefined, NOW));
    const [row] = await importRowsOf(database.staff, of.importId, { most: 1 });
    expect(row).toMatchObject({ verdict: "changes", replaces_revision: 2, before: { value: 1150 } });
    accepted(await send(CENTRAL, { ...of, version: 2 }, { reason: "x" }));
  });

  test("keeps the word that answers its warnings with each row that was warned about", async () => {
    const of = await taken(
      table([cells({ country: "PK" }), cells({ country: "PK", as_of: "2025-08-01" })], { "children share": ["100%", "30%"] }),
    );
    expect(await send(CENTRAL, of)).toEqual({ ok: false, failure: { code: "invalid", fields: { word: "required" } } });
    accepted(await send(CENTRAL, of, { word: "It was a school" }));
    const rows = await snapshotsOf(of.importId);
    expect(rows.map(({ warnings, confirmation }) => [warnings, confirmation])).toEqual(
      expect.arrayContaining([
        [["children_share_unusual"], "It was a school"],
        [[], null],
      ]),
    );
  });

  test("a row that the database refuses in the middle leaves nothing", async () => {
    const rows = Array.from({ length: 11_000 }, (_, i) =>
      cells({ country: "CN", as_of: new Date(Date.UTC(1993, 0, 1 + i)).toISOString().slice(0, 10) }),
    );
    const of = await taken(table(rows));
    await database.owner`update staff.import_rows set qualifier = 'impossible' where import_id = ${of.importId} and line = 8000`;
    const before = await rowCounts(database.staff);
    await expect(send(CENTRAL, of)).rejects.toThrow();
    expect(await rowCounts(database.staff)).toEqual(before);
    expect(await stateOf(of.importId)).toEqual(["checked", 1]);
  });

  test("nothing to write is refused", async () => {
    const of = await taken(table([cells({ country: "AM" })]));
    expect(await send(CENTRAL, of)).toEqual({ ok: false, failure: { code: "invalid", fields: { rows: "nothing_to_import" } } });
  });
});

describe("who may", () => {
  const rows = (as_of: string) => table([cells({ as_of })]);

  test("a recorder's import waits, nobody but a second person decides, and both stand in the record", async () => {
    const of = await taken(rows("2025-06-01"), RECORDER);
    expect(await importOf(database.staff, OTHER, of.importId)).toBeUndefined();
    expect(accepted(await send(RECORDER, of))).toEqual({ state: "waiting" });
    expect(await snapshotsOf(of.importId)).toHaveLength(0);
    const waiting = { ...of, version: 2 };
    const publish = (actor: Actor) => act(database.staff, (tx) => publishImport(tx, actor, waiting, NOW));
    for (const actor of [RECORDER, OTHER, OTHER_ADMIN]) expect(await publish(actor)).toEqual({ ok: false, failure: { code: "forbidden" } });
    expect((await importsFor(database.staff, REVIEWER, 50)).map(({ importId }) => importId)).toContain(of.importId);
    expect(accepted(await publish(REVIEWER))).toEqual({ state: "committed", revisions: 1 });
    expect(await snapshotsOf(of.importId)).toMatchObject([{ recorded_by: "recorder", published_by: "reviewer" }]);
  });

  test("a returned import goes back with its reason, and can be sent again or abandoned", async () => {
    const of = await taken(rows("2025-06-02"), RECORDER);
    accepted(await send(RECORDER, of));
    const back = (because: string) => act(database.staff, (tx) => returnImport(tx, REVIEWER, { ...of, version: 2 }, because, NOW));
    expect(await back(" ")).toMatchObject({ failure: { fields: { reason: "required" } } });
    accepted(await back("Which ministry?"));
    expect(await importOf(database.staff, RECORDER, of.importId)).toMatchObject({ state: "returned", returnedBecause: "Which ministry?" });
    accepted(await send(RECORDER, { ...of, version: 3 }));
    const abandon = (actor: Actor) => act(database.staff, (tx) => abandonImport(tx, actor, { ...of, version: 4 }, NOW));
    expect(await abandon(OTHER)).toEqual({ ok: false, failure: { code: "forbidden" } });
    accepted(await abandon(RECORDER));
    const counts = await database.owner`
      select (select count(*)::int from staff.import_rows where import_id = ${of.importId}) as rows,
        (select count(*)::int from staff.import_parts where import_id = ${of.importId}) as parts`;
    expect(counts[0]).toEqual({ rows: 0, parts: 0 });
  });

  test("a country admin commits alone for their own country only", async () => {
    const of = await taken(table([cells({ as_of: "2025-06-03" }), cells({ country: "TJ" })]), COUNTRY_ADMIN);
    expect(await send(OTHER_ADMIN, of, { withoutFaulty: "yes" })).toEqual({ ok: false, failure: { code: "forbidden" } });
    expect(accepted(await send(COUNTRY_ADMIN, of, { withoutFaulty: "yes" }))).toEqual({ state: "committed", revisions: 1 });
  });
});

describe("a withdrawal", () => {
  test("takes back the whole import as one act: what it made, what it corrected, not what was changed since", async () => {
    const id = await recorded(database.staff, { country: "VN", source: source("A list", { published_on: "2025-10-05" }) });
    const of = await taken(
      table([cells({ country: "VN", value: "1100" }), cells({ country: "IN" }), cells({ country: "IN", as_of: "2025-07-01" })]),
    );
    accepted(await send(CENTRAL, of, { reason: "A list" }));
    const [later] = (await snapshotsOf(of.importId)).filter(({ country }) => country === "IN");
    const change = { statementId: later?.statement_id, replacesRevision: 1, reason: "Wrong" };
    accepted(await act(database.staff, (tx) => withdrawSnapshot(tx, CENTRAL, change)));
    const withdraw = (actor: Actor, reason: string) =>
      act(database.staff, (tx) => withdrawImport(tx, actor, { ...of, version: 2 }, reason, NOW));
    for (const actor of [RECORDER, REVIEWER, COUNTRY_ADMIN])
      expect(await withdraw(actor, "x")).toEqual({ ok: false, failure: { code: "forbidden" } });
    expect(await withdraw(CENTRAL, "")).toMatchObject({ failure: { fields: { reason: "required" } } });
    expect(accepted(await withdraw(CENTRAL, "It was the list of another year"))).toEqual({ withdrawn: 1, restored: 1, left: 1 });
    const standing = await database.owner`select country, value::int, revision from derived.snapshots where country in ('VN', 'IN')`;
    expect(standing).toEqual([{ country: "VN", value: 1000, revision: 3 }]);
    const [restored] = await database.owner`select reason, state from record.snapshots where statement_id = ${id} and revision = 3`;
    expect(restored).toEqual({ reason: "It was the list of another year", state: "published" });
    expect(await differences(database.owner)).toEqual([]);
    const noted = await database.owner`select verb, reason from staff.history where object_id = ${of.importId} order by at`;
    expect(noted.map(({ verb }) => verb)).toEqual(["store", "import", "withdraw"]);
    expect(await withdraw(CENTRAL, "x")).toEqual({ ok: false, failure: { code: "conflict", current: 3 } });
    // The one that was withdrawn by itself stands in the history by itself.
    const single = await database.owner`select verb from staff.history where object_id = ${later?.statement_id}`;
    expect(single).toEqual([{ verb: "withdraw" }]);
  });
});
