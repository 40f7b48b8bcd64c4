import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { type SQL, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { OPEN_FILES } from "@/app/_server/open-files/kinds";
import { snapshotPages } from "@/app/_server/open-files/pages";
import { pinnedNow } from "@/app/_server/open-files/pinned";
import * as route from "@/app/data/[file]/route";
import type { Database } from "@/db/client";
import { languages } from "@/lib/i18n/languages";
import { database, withStarterRecord } from "../api/starter";

withStarterRecord();

const ask = (file: string, query = "", headers: Record<string, string> = {}, method: "GET" | "HEAD" = "GET") =>
  (method === "HEAD" ? route.HEAD : route.GET)(new Request(`http://127.0.0.1:3000/data/${file}${query}`, { headers, method }), {
    params: Promise.resolve({ file }),
  });

test.each(Object.keys(OPEN_FILES))("%s is refused to who asks for a part of it, in their language, and whole without", async (file) => {
  for (const language of languages)
    for (const query of ["?country=KG", "?v=2", "?__proto__=1", "?=", "?a&b", `?${"x".repeat(5000)}`]) {
      const answer = await ask(file, query, { "accept-language": language });
      expect([answer.status, answer.headers.get("cache-control"), answer.headers.get("etag")], query).toEqual([400, "no-store", null]);
      const text = await answer.text();
      expect(text, query).toContain("/api/v1/snapshots");
      expect(text.length, query).toBeLessThan(400);
      if (query.startsWith("?country")) expect(text).toContain("country");
    }
  expect((await ask(file, "?country=KG", {}, "HEAD")).status).toBe(400);
  for (const query of ["", "?", "?&"]) expect((await ask(file, query, {}, "HEAD")).status, query).toBe(200);
});

test("a copy is unchanged for as long as the record, the version that made it and its addresses are", async () => {
  const folder = mkdtempSync(path.join(tmpdir(), "muhlat-build-"));
  const before = { MUHLAT_BUILD: process.env.MUHLAT_BUILD, PUBLIC_URL: process.env.PUBLIC_URL };
  const tagOf = async (sources: string, publicUrl = "https://muhlat.example") => {
    writeFileSync(path.join(folder, "muhlat-sources"), sources);
    Object.assign(process.env, { MUHLAT_BUILD: path.relative(process.cwd(), folder), PUBLIC_URL: publicUrl });
    return (await ask("snapshots.csv", "", {}, "HEAD")).headers.get("etag") ?? "";
  };
  try {
    const first = await tagOf("one");
    expect(await tagOf("one")).toBe(first);
    expect((await ask("snapshots.csv", "", { "if-none-match": first })).status).toBe(304);
    const [other, moved] = [await tagOf("another"), await tagOf("one", "https://other.example")];
    expect(new Set([first, other, moved]).size).toBe(3);
    expect((await ask("snapshots.csv", "", { "if-none-match": first }, "HEAD")).status).toBe(200);
  } finally {
    for (const [name, value] of Object.entries(before))
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    rmSync(folder, { recursive: true });
  }
});

/** How the server goes about each query of a transaction that reads rows of figures. */
function plansOf(db: Database, plans: string[]): Database {
  const explained = (tx: Database): Database =>
    new Proxy(tx, {
      get: (target, name) => {
        if (name !== "execute") return Reflect.get(target, name);
        return async (query: SQL) => {
          const found = await target.execute(query);
          if (found.length > 0 && "statement_id" in (found[0] as object)) {
            const plan = await target.execute<{ "QUERY PLAN": string }>(sql`explain ${query}`);
            plans.push(plan.map((line) => line["QUERY PLAN"]).join("\n"));
          }
          return found;
        };
      },
    });
  return new Proxy(db, {
    get: (target, name) =>
      name === "transaction"
        ? (work: (tx: Database) => Promise<unknown>, config: object) =>
            target.transaction((tx) => work(explained(tx as unknown as Database)), config)
        : Reflect.get(target, name),
  });
}

test("each page of a whole file is read by the index of its order from where the last one ended, up to the end", async () => {
  await database.owner`
    insert into record.snapshots (statement_id, revision, state, recorded_by, published_by, recorded_at, country, measure, as_of, as_of_from, as_of_to, value, qualifier, unchanged, source_id)
    select 'many-' || lpad(n::text, 5, '0'), 1, 'published', 'central', 'central', now(), 'UZ', 'left', '2021-01-01', '2020-12-31T21:00Z', '2021-01-01T21:00Z', n, 'exact', false,
      (select statement_id from record.sources order by statement_id limit 1)
    from generate_series(1, 3500) n`;
  await database.owner`analyze record.snapshots`;
  const pinned = await pinnedNow(database.reader, new Date());
  for (const which of ["current", "all"] as const) {
    const plans: string[] = [];
    let rows = 0;
    for await (const page of snapshotPages({ db: () => plansOf(database.reader, plans), pinned, origin: "" }, which)) rows += page.length;
    expect(rows).toBeGreaterThan(3500);
    expect(plans.length).toBeGreaterThanOrEqual(4);
    for (const [index, plan] of plans.entries()) {
      expect(plan).toMatch(/Index Scan using snapshots_listed on snapshots s\b/);
      if (index > 0) expect(plan).toMatch(/Index Cond: \(ROW\(country, measure, as_of_from, statement_id, revision\) > ROW\(/);
      // What is sorted are the revisions of one source.
      expect(plan).not.toMatch(/Sort Key: (?:\w+\.)?country/);
      expect(plan).not.toMatch(/Bitmap/);
    }
  }
});
