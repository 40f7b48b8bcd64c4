import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { parse } from "csv-parse/sync";
import { sql } from "drizzle-orm";
import { readXlsx } from "hucre/xlsx";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { columnsOf } from "@/app/_server/api/columns";
import { valuesOf } from "@/app/_server/open-files/cells";
import { OPEN_FILES } from "@/app/_server/open-files/kinds";
import type { From } from "@/app/_server/open-files/pages";
import { pinnedNow } from "@/app/_server/open-files/pinned";
import * as rows from "@/app/api/v1/rows";
import * as route from "@/app/data/[file]/route";
import { closePools } from "@/db/client";
import { loadStarterRecord } from "@/lib/imports/starter-record";
import { act } from "@/lib/ledger/write";
import { correctSnapshot, withdrawSnapshot } from "@/lib/snapshots/write";
import { walked } from "../api/asking";
import { unpacked } from "../open-data/archives";
import { type Resource, type Rows, readTables } from "../open-data/table-schema";
import { type FreshDatabase, freshDatabase } from "../setup/fresh-database";
import { accepted, addPeople, CENTRAL, figure, recorded, source } from "../setup/record";

let database: FreshDatabase;

/** A text that programs for tables would work out. */
const FORMULA = '=HYPERLINK("http://example.org","+1")';

beforeAll(async () => {
  database = await freshDatabase();
  process.env.DATABASE_URL = database.url;
  await loadStarterRecord(database.staff, path.resolve(import.meta.dirname, "../../data/starter"), new Date());
  await addPeople(database.staff, CENTRAL);
  const changed = await recorded(database.staff, { as_of: "2025-01-03" });
  const gone = await recorded(database.staff, { as_of: "2025-01-04" });
  const restated = await recorded(database.staff, { as_of: "2025-01-05" });
  await recorded(database.staff, { as_of: "2025-01-05", value: 7, restates: restated });
  await recorded(database.staff, {
    as_of: "2025-01-06",
    wording: FORMULA,
    note: `${FORMULA}\n-1`,
    source: source(FORMULA, { speaker: "@x" }),
  });
  const correction = { statementId: changed, replacesRevision: 1, reason: "mistyped" };
  await act(database.staff, (tx) => correctSnapshot(tx, CENTRAL, correction, figure({ as_of: "2025-01-03", value: 2 }), new Date())).then(
    accepted,
  );
  await act(database.staff, (tx) => withdrawSnapshot(tx, CENTRAL, { statementId: gone, replacesRevision: 1, reason: "never said" })).then(
    accepted,
  );
});
afterAll(async () => {
  await closePools();
  delete process.env.DATABASE_URL;
  await database.close();
});

const ask = (file: string, headers: Record<string, string> = {}, method = "GET") =>
  (method === "HEAD" ? route.HEAD : route.GET)(new Request(`http://127.0.0.1:3000/data/${file}`, { headers, method }), {
    params: Promise.resolve({ file }),
  });
const bytes = async (response: Response) => Buffer.from(await response.arrayBuffer());
const columns = columnsOf(rows.snapshot);
const unguarded = (text: string) => text.replace(/^'(?=\s*[=+\-@|%])/, "");
const csvRows = (file: string): Rows =>
  (parse(file, { columns: true, record_delimiter: "\r\n" }) as Rows).map((row) =>
    Object.fromEntries(Object.entries(row).map(([name, text]) => [name, unguarded(text)])),
  );
/** The API's rows as a CSV file would have them. */
const asTexts = (found: Record<string, unknown>[]): Rows =>
  found.map((row) =>
    Object.fromEntries(valuesOf(row, columns).map((value, index) => [columns[index] ?? "", value === null ? "" : String(value)])),
  );

describe("the file of figures", () => {
  test("has the statements that count, as the API has them", async () => {
    const response = await ask("snapshots.csv");
    expect(response.headers.get("content-type")).toBe("text/csv; charset=utf-8; header=present");
    expect(response.headers.get("content-disposition")).toMatch(/^attachment; filename="muhlat-snapshots-\d{4}-\d\d-\d\d\.csv"$/);
    expect(response.headers.get("cache-control")).toBe("public, max-age=0, must-revalidate");
    const text = await response.text();
    expect(text.split("\r\n")[0]).toBe(columns.join(","));
    const { rows: told } = await walked("snapshots", "/snapshots", 1000);
    expect(csvRows(text)).toEqual(asTexts(told));
    expect(told.length).toBeGreaterThan(40);
  });

  test("is a workbook too, with numbers, dates and texts as such", async () => {
    const workbook = await readXlsx(new Uint8Array(await bytes(await ask("snapshots.xlsx"))));
    const [head = [], ...lines] = workbook.sheets[0]?.rows ?? [];
    expect(head).toEqual(columns);
    const told = (await walked("snapshots", "/snapshots", 1000)).rows;
    expect(lines).toHaveLength(told.length);
    const cell = (line: readonly unknown[], name: string) => line[columns.indexOf(name)];
    for (const [index, line] of lines.entries()) {
      expect(cell(line, "statement_id")).toBe(told[index]?.statement_id);
      expect(cell(line, "value") ?? null).toBe(told[index]?.value);
      expect(cell(line, "unchanged")).toBe(told[index]?.unchanged);
      expect(cell(line, "wording") ?? null).toBe(told[index]?.wording);
      expect((cell(line, "as_of_from") as Date).toISOString()).toBe(told[index]?.as_of_from);
    }
    expect(lines.map((line) => cell(line, "wording"))).toContain(FORMULA);
  });

  test("lets no text be worked out", async () => {
    const cells: string[][] = parse(await (await ask("snapshots.csv")).text(), { record_delimiter: "\r\n" });
    expect(cells.flat().filter((text) => /^\s*[=+@]/.test(text))).toEqual([]);
    expect(cells.flat()).toEqual(expect.arrayContaining([`'${FORMULA}`, `'${FORMULA}\n-1`, "'@x"]));
  });
});

describe("the data package", () => {
  test("holds each table to its schema, keys and references, and has what the API has", async () => {
    const texts = await unpacked(await bytes(await ask("muhlat.zip")));
    const descriptor = JSON.parse(texts.get("datapackage.json") ?? "");
    const resources: Resource[] = descriptor.resources;
    expect([...texts.keys()]).toEqual([
      ...["datapackage.json", "README.md", "README.ru.md", "CODEBOOK.md", "CITATION.cff"],
      ...resources.map((resource) => resource.path),
    ]);
    const tables = readTables(resources, (file) => texts.get(file) ?? "");
    const told = asTexts((await walked("snapshots", "/snapshots?revisions=all", 1000)).rows);
    expect(
      tables.get("snapshots")?.map((row) => Object.fromEntries(Object.entries(row).map(([name, text]) => [name, unguarded(text)]))),
    ).toEqual(told);
    expect(told.filter((row) => row.state === "withdrawn")).toHaveLength(1);
    for (const name of ["countries", "measures", "deadlines", "events"] as const) {
      const ids = (await walked(name, `/${name}`, 1000)).rows.map((row) => row.code ?? row.statement_id);
      expect(ids.length).toBeGreaterThan(1);
      expect(
        tables.get(name)?.map((row) => row.code ?? row.statement_id),
        name,
      ).toEqual(expect.arrayContaining(ids));
    }
    const statements = await database.owner`
      select count(*) filter (where revision = 1)::int as first, count(*) filter (where revision > 1)::int as later from (
        select revision from record.snapshots union all select revision from record.sources union all select revision from record.countries
        union all select revision from record.deadlines union all select revision from record.events) r`;
    expect(descriptor.version).toBe(`1.${statements[0]?.first}.${statements[0]?.later}`);
    expect(statements[0]?.later).toBe(2);
  });
});

test("the catalogue record says the same of the data as the package does", async () => {
  const catalogue = JSON.parse(await (await ask("catalog.jsonld")).text());
  const descriptor = JSON.parse((await unpacked(await bytes(await ask("muhlat.zip")))).get("datapackage.json") ?? "");
  expect(catalogue["@type"]).toBe("dcat:Catalog");
  const dataset = catalogue["dcat:dataset"];
  expect(dataset).toMatchObject({
    "@type": "dcat:Dataset",
    "dcat:version": descriptor.version,
    "dct:modified": { "@value": descriptor.created },
    "dct:license": { "@id": descriptor.licenses[0].path },
    "dct:title": expect.arrayContaining([{ "@language": "en", "@value": descriptor.title }]),
    "dct:temporal": { "dcat:startDate": { "@value": "2022-01-01" } },
  });
  const downloads: string[] = dataset["dcat:distribution"].map(
    (one: Record<string, { "@id": string }>) => one["dcat:downloadURL"]?.["@id"],
  );
  expect(downloads).toContain(descriptor.id);
  for (const address of downloads) expect((await ask(address.split("/").at(-1) ?? "", {}, "HEAD")).status, address).toBe(200);
});

describe("one state of the record", () => {
  test("is one tag, one sequence of bytes, and stays so while more is recorded", async () => {
    const pinned = await pinnedNow(database.reader, new Date());
    const from: From = { db: () => database.reader, pinned, origin: "http://127.0.0.1:3000" };
    const made = async (file: string) => bytes(new Response(OPEN_FILES[file]?.(from).body() ?? null));
    const before = new Map<string, Buffer>();
    for (const file of Object.keys(OPEN_FILES)) {
      before.set(file, await made(file));
      expect((await bytes(await ask(file))).equals(before.get(file) as Buffer), file).toBe(true);
    }
    const tag = (await ask("muhlat.zip")).headers.get("etag") ?? "";
    const again = await ask("muhlat.zip", { "if-none-match": tag });
    expect([again.status, await again.text(), again.headers.get("etag")]).toEqual([304, "", tag]);
    const head = await ask("muhlat.zip", {}, "HEAD");
    expect([head.status, await head.text(), head.headers.get("etag")]).toEqual([200, "", tag]);

    await recorded(database.staff, { as_of: "2025-01-20", value: 20 });
    for (const file of Object.keys(OPEN_FILES)) {
      expect((await made(file)).equals(before.get(file) as Buffer), file).toBe(true);
      expect((await bytes(await ask(file))).equals(before.get(file) as Buffer), file).toBe(false);
    }
    const changed = await ask("muhlat.zip", { "if-none-match": tag });
    expect(changed.status).toBe(200);
    expect(changed.headers.get("etag")).not.toBe(tag);
  });

  test("what there is not is a 404 that says what there is", async () => {
    for (const file of ["constructor", "snapshots", "snapshots.csv.exe"]) {
      const response = await ask(file);
      expect(response.status).toBe(404);
      expect(await response.text()).toContain("muhlat.zip");
    }
  });
});

describe("20,000 figures more", () => {
  const GROWING = ["snapshots.csv", "snapshots.xlsx", "muhlat.zip"];
  const MORE = 20_000;
  /** What a heap may go up and down by; all of these rows at once are several times as much. */
  const MOST = 16 * 1024 * 1024;
  let collect: () => void;

  beforeAll(async () => {
    setFlagsFromString("--expose-gc");
    collect = runInNewContext("gc");
    for (let first = 1; first <= MORE; first += 1000)
      await database.staff.execute(sql`
        insert into record.snapshots (statement_id, revision, value, state, recorded_by, published_by, recorded_at, country, measure,
          as_of, as_of_from, as_of_to, qualifier, source_id, note)
        select 'many-' || n, 1, n, 'published', 'central', 'central', now(), country, measure,
          as_of, as_of_from, as_of_to, 'exact', source_id, repeat(n || ' word ', 100)
        from generate_series(${first}::int, ${first + 999}::int) n
        cross join (select * from record.snapshots where statement_id = 'kg-gray-list-2025-09-11' and revision = 1) one`);
    await database.owner`analyze record.snapshots`;
  }, 120_000);

  test.each(GROWING)(
    "%s is sent in pieces, in memory that does not grow",
    async (file) => {
      const body = (await ask(file)).body as ReadableStream<Uint8Array>;
      const heaps: number[] = [];
      let sent = 0;
      let next = 0;
      const step = file.endsWith(".csv") ? 2_000_000 : 50_000;
      for await (const piece of body) {
        sent += piece.length;
        if (sent < next) continue;
        next += step;
        collect();
        heaps.push(process.memoryUsage().heapUsed);
      }
      expect(heaps.length).toBeGreaterThan(5);
      expect(Math.max(...heaps) - Math.min(...heaps), JSON.stringify(heaps)).toBeLessThan(MOST);
      if (file === "snapshots.csv") expect(sent).toBeGreaterThan(MOST);
    },
    120_000,
  );

  test("none is lost or said twice where one page ends and the next begins", async () => {
    const found = csvRows(await (await ask("snapshots.csv")).text()).map((row) => row.statement_id ?? "");
    expect(new Set(found).size).toBe(found.length);
    expect(found.filter((id) => id.startsWith("many-"))).toHaveLength(MORE);
  }, 60_000);

  /** A file that is read until its `most`th question to the database, which `then` answers. */
  async function begun(file: string, most: number, then: () => void) {
    let asked = 0;
    const db = () => {
      asked += 1;
      if (asked === most) then();
      return database.reader;
    };
    const from: From = { db, pinned: await pinnedNow(database.reader, new Date()), origin: "http://127.0.0.1:3000" };
    const body = OPEN_FILES[file]?.(from).body();
    if (!(body instanceof ReadableStream)) throw new Error(`${file} does not stream`);
    return { reader: body.getReader(), asked: () => asked };
  }

  test.each(GROWING)("who stops taking %s ends its being read", async (file) => {
    const { reader, asked } = await begun(file, -1, () => {});
    await reader.read();
    await reader.cancel();
    // Until nothing more is asked for: read to its end it would be all of it.
    let then: number;
    do {
      then = asked();
      await sleep(1000);
    } while (asked() !== then);
    expect(then).toBeLessThan(MORE / 1000);
  });

  test.each(GROWING)("%s is broken off where the record cannot be read any more, and not ended as if it were whole", async (file) => {
    const { reader } = await begun(file, 5, () => {
      throw new Error("the database went away");
    });
    const all = async () => {
      while (!(await reader.read()).done);
    };
    await expect(all()).rejects.toThrow("the database went away");
  });
});
