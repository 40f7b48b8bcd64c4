import { readXlsx } from "hucre/xlsx";
import { expect, test } from "vitest";
import { workbookOf } from "@/app/_server/open-files/workbook";

test("what is more than one sheet holds goes on in the next, under the same names; nothing is lost or said twice", async () => {
  async function* pages() {
    for (let first = 0; first < 12; first += 4)
      yield Array.from({ length: 4 }, (_, index) => ({ id: `=${first + index}`, value: first + index }));
  }
  const fields = [
    { name: "id", type: "string" },
    { name: "value", type: "integer" },
  ] as const;
  const file = await new Response(workbookOf(pages(), fields, "snapshots", 6)).arrayBuffer();
  const { sheets } = await readXlsx(new Uint8Array(file));
  expect(sheets.map(({ rows }) => rows.length)).toEqual([6, 6, 3]);
  for (const { rows } of sheets) expect(rows[0]).toEqual(["id", "value"]);
  expect(sheets.flatMap(({ rows }) => rows.slice(1))).toEqual(Array.from({ length: 12 }, (_, index) => [`=${index}`, index]));
});
