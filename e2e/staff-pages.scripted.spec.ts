import { readdirSync } from "node:fs";
import path from "node:path";
import { expect, test } from "@playwright/test";
import { fill } from "./full-desk";
import { visitsOf } from "./staff-look";
import { EMPTY, FOREIGN, FULL, REFUSED, UNKNOWN, type Visit } from "./staff-visits";

const pages = readdirSync(path.join(import.meta.dirname, "../app/staff"), { recursive: true, encoding: "utf8" })
  .filter((file) => path.basename(file) === "page.staff.tsx")
  .map((file) => path.dirname(file));
const visited = (...visits: Visit[][]) => new Set(visits.flat().map(({ page }) => page));

test("every staff page is visited, full and in error, and empty where it does not need something to be there", () => {
  expect([...visited(FULL)].sort()).toEqual([...pages].sort());
  // The desk and these lists have no form, and everybody may see them: nothing can be refused there.
  const cannotRefuse = [".", "contacts", "deadlines", "events"];
  expect([...visited(UNKNOWN, FOREIGN, REFUSED), ...cannotRefuse].sort()).toEqual([...pages].sort());
  // A second factor is asked for where there is one.
  const needsSomething = (page: string) => page.includes("[id]") || page === "second-factor";
  expect([...visited(EMPTY)].sort()).toEqual(pages.filter((page) => !needsSomething(page)).sort());
});

const look = visitsOf("load", ({ db }) => fill(db));
look("full", FULL, ["ru", "ky", "tg"]);
look("unknown", UNKNOWN, ["ru"]);
look("foreign", FOREIGN, ["ru"]);
look("refused", REFUSED, ["ru"]);
