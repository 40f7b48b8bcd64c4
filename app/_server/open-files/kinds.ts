import { columnsOf } from "@/app/_server/api/columns";
import * as rows from "@/app/api/v1/rows";
import type { Made } from "./answer";
import { datasetAt } from "./dataset";
import { fieldsOf } from "./fields";
import { packageOf } from "./package";
import { csvOfPages, type From, snapshotPages } from "./pages";
import { type Pinned, tagOf } from "./pinned";
import { catalogLd } from "./structured";
import { bodyOf } from "./taken";
import { workbookOf } from "./workbook";

type Kind = (from: From) => Omit<Made, "tag" | "name">;

async function* catalogue(db: From["db"], pinned: Pinned, origin: string): AsyncGenerator<string> {
  yield `${JSON.stringify(catalogLd(await datasetAt(db(), pinned), origin), undefined, 2)}\n`;
}

/** The files under /data by their names. */
export const OPEN_FILES: Readonly<Record<string, Kind>> = {
  "snapshots.csv": (from) => ({
    type: "text/csv; charset=utf-8; header=present",
    body: () => bodyOf(csvOfPages(snapshotPages(from, "current"), columnsOf(rows.snapshot))),
  }),
  "snapshots.xlsx": (from) => ({
    type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    body: () => workbookOf(snapshotPages(from, "current"), fieldsOf(rows.snapshot), "snapshots"),
  }),
  "muhlat.zip": (from) => ({ type: "application/zip", body: () => packageOf(from) }),
  "catalog.jsonld": ({ db, pinned, origin }) => ({
    type: "application/ld+json",
    body: () => bodyOf(catalogue(db, pinned, origin)),
  }),
};

/** What a file of a state of the record is called on a disk: `muhlat-snapshots-2026-11-25.csv`. */
function nameOnDisk(file: string, { pinned }: From): string {
  const [stem = "", ending = ""] = file.split(".");
  return `${stem === "muhlat" ? stem : `muhlat-${stem}`}-${pinned.knownOn}.${ending}`;
}

/** A file of a state of the record. */
export const madeOf = (file: string, kind: Kind, from: From): Made => ({
  tag: tagOf(from.pinned),
  name: nameOnDisk(file, from),
  ...kind(from),
});
