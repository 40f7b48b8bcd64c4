import { readDay } from "@/lib/stays/spelling";
import type { Voice } from "@/lib/stays/wording";
import { fieldOf, part, write } from "./fields";
import type { KeptStay } from "./kept";

/** One stay on the page. */
export type Row = { element: HTMLElement; arrived: HTMLInputElement; left: HTMLInputElement };

/** The stays on the page; there is always one at least, which may be empty. */
export type Rows = {
  all: () => Row[];
  /** Adds an empty stay and returns it. */
  add: () => Row;
  /** Takes a stay away and goes to the next one. */
  remove: (element: HTMLElement) => void;
  /** Puts these in the place of all; what is no day is left out. */
  fill: (stays: readonly KeptStay[]) => void;
};

const rowOf = (element: HTMLElement): Row => ({ element, arrived: fieldOf(element, "arrived"), left: fieldOf(element, "left") });

/** Takes over the one stay that the page was sent with, as the pattern of all. */
export function rowsIn(root: HTMLElement, { say }: Voice): Rows {
  const list = part(root, "rows");
  const pattern = part(list, "row").cloneNode(true);
  const all = () => [...list.querySelectorAll<HTMLElement>("[data-row]")].map(rowOf);

  function number({ element }: Row, index: number): void {
    part(element, "legend").textContent = say("stay", { number: index + 1 });
    part(element, "remove").setAttribute("aria-label", say("removeStay", { number: index + 1 }));
  }

  function add(): Row {
    const row = rowOf(pattern.cloneNode(true) as HTMLElement);
    list.append(row.element);
    number(row, list.children.length - 1);
    return row;
  }

  function remove(element: HTMLElement): void {
    const index = all().findIndex((row) => row.element === element);
    element.remove();
    if (all().length === 0) add();
    const rows = all();
    rows.forEach(number);
    rows[Math.min(index, rows.length - 1)]?.arrived.focus();
  }

  function fill(stays: readonly KeptStay[]): void {
    list.textContent = "";
    for (const stay of stays) {
      const row = add();
      [row.arrived, row.left].forEach((input, index) => {
        const { day } = readDay(stay[index] ?? "");
        if (day) write(input, day);
      });
    }
    if (stays.length === 0) add();
  }

  return { all, add, remove, fill };
}
