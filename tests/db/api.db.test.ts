import { describe, expect, test } from "vitest";
import { answered, ask, expectRefusal, forged, type Rows } from "../api/asking";
import { names, QUESTIONS, questionOf, withStarterRecord } from "../api/starter";

withStarterRecord();

describe("on the starter record", () => {
  test.each(names)("%s answers as its schema says, and says nothing else the second time", async (name) => {
    const question = await questionOf(name);
    const first = await answered(name, question);
    if (name !== "corrections") expect(JSON.stringify(first.data).length).toBeGreaterThan(100);
    expect((await answered(name, question)).text).toBe(first.text);
  });

  test("statements have their codes, and every country of the record both of ISO's", async () => {
    const { data } = await answered<Rows>("snapshots", "/snapshots?country=KG&measure=gray_list&limit=1000");
    for (const row of data) expect(row).toMatchObject({ country: "KG", country_iso3: "KGZ", conf_status: "F", kind: "stock" });
    expect(new Set(data.map((row) => row.obs_status)).size).toBeGreaterThan(1);
    const { data: countries } = await answered<Rows>("countries", "/countries");
    for (const { code, iso3 } of countries) expect(iso3, `${code}`).toEqual(code === "ALL" ? null : expect.stringMatching(/^[A-Z]{3}$/));
  });

  test("a projection of a past day is worked out, and a country without a figure is told with the reason", async () => {
    const { data } = await answered("projection", QUESTIONS.projection);
    expect(data).toMatchObject({ refused: null, pace_per_day: { value: expect.any(Number) }, from: expect.any(String) });
    const { data: latest } = await answered<Rows>("latest", "/latest?measure=deported&limit=1000");
    expect(latest.filter((row) => row.missing_reason === "nothing_known").length).toBeGreaterThan(0);
  });

  test("nothing is known before it was public: neither a figure, nor its source", async () => {
    const before = "as_known_on=2020-01-01";
    expect((await answered<Rows>("snapshots", `/snapshots?${before}&revisions=all`)).data).toEqual([]);
    for (const path of [QUESTIONS.snapshot, await questionOf("source")]) {
      const refused = await ask(`${path}?${before}`);
      expect(refused.status).toBe(404);
      await expectRefusal(refused, path);
    }
  });

  test("a table is CSV for who asks for it, with the same rows and both dates", async () => {
    for (const [path, headers] of [
      ["/snapshots?country=KG&limit=2&format=csv", {}],
      ["/snapshots?country=KG&limit=2", { accept: "text/csv" }],
      ["/snapshots?country=KG&limit=2", { accept: "application/json;q=0.5, text/csv" }],
    ] as const) {
      const answer = await ask(path, headers);
      expect(answer.headers.get("content-type")).toBe("text/csv; charset=utf-8; header=present");
      expect(answer.headers.get("vary")).toBe("Accept");
      expect(answer.headers.get("link")).toMatch(/^<http:\/\/127\.0\.0\.1:3000\/api\/v1\/snapshots\?.*cursor=[\w-]+>; rel="next"$/);
      expect(answer.headers.get("muhlat-as-known-on")).toMatch(/^\d{4}-\d\d-\d\d$/);
      expect((await answer.text()).split("\r\n")).toHaveLength(4);
    }
    for (const accept of ["application/json, text/csv", "text/csv;q=0", "*/*", "text/html"])
      expect((await ask("/measures", { accept })).headers.get("content-type"), accept).toBe("application/json");
    expect((await ask("/measures?format=json", { accept: "text/csv" })).headers.get("content-type")).toBe("application/json");
    expect((await ask("/series?country=KG&measure=left&format=csv")).status).toBe(400);
  });
});

describe("a cursor", () => {
  const first = async (question: string) => (await answered("snapshots", `${question}&limit=1`)).next ?? "";

  test("of another question, another day or another instant is refused", async () => {
    const cursor = await first("/snapshots?country=KG");
    for (const other of [
      "country=TJ",
      "country=KG&rank=normal",
      "country=KG&revisions=all",
      "country=KG&as_known_on=2025-01-01",
      "country=KG&as_recorded_at=2025-01-01T00:00:00Z",
      "",
    ]) {
      const answer = await ask(`/snapshots?${other}&cursor=${cursor}`);
      expect(answer.status, other).toBe(400);
      await expectRefusal(answer, other);
    }
    expect((await ask(`/corrections?cursor=${cursor}`)).status).toBe(400);
    expect((await ask(`/snapshots?country=KG&limit=3&format=csv&cursor=${cursor}`)).status).toBe(200);
  });

  test("that was forged is refused, and breaks nothing", async () => {
    const cursor = await first("/snapshots?country=KG");
    const row = ["KG", "gray_list", "2025-07-01T00:00:00Z", "a", 1];
    for (const more of [
      { after: [3] },
      { after: [] },
      { after: [...row, 1] },
      { after: row.with(2, "now") },
      { after: row.with(2, "0000-01-01T00:00:00Z") },
      { after: row.with(3, "a\0") },
      { after: row.with(4, 1e300) },
      { known: "2999-01-01" },
      { known: "0000-01-01" },
      { recorded: "2999-01-01T00:00:00Z" },
      { recorded: "infinity" },
      { q: "another" },
    ]) {
      const answer = await ask(`/snapshots?country=KG&cursor=${forged("snapshots", cursor, more)}`);
      expect(answer.status, JSON.stringify(more)).toBe(400);
      await expectRefusal(answer, JSON.stringify(more));
    }
  });
});
