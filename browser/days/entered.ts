import { faultsOf, type Stay } from "@/lib/stays/rules";
import { FIRST_YEAR, LAST_YEAR, type ReadDay } from "@/lib/stays/spelling";
import type { Voice } from "@/lib/stays/wording";
import { read } from "./fields";
import type { Row } from "./rows";

/** What was entered: the stays with their rows, today, and what is wrong, by field. Without errors it can be counted. */
export type Entered = { stays: { row: Row; stay: Stay }[]; today: string; errors: Map<HTMLInputElement, string> };

/** Reads all fields; a stay with no day in it is passed over, one without a departure still lasts. */
export function readAll(rows: readonly Row[], today: HTMLInputElement, { say, day }: Voice): Entered {
  const errors = new Map<HTMLInputElement, string>();
  const stays: Entered["stays"] = [];

  /** The day of a field; what is none is told. */
  function dayIn(input: HTMLInputElement, found: ReadDay | undefined): string | undefined {
    if (found?.code === "not_a_day") errors.set(input, say("notADay"));
    if (found?.code === "year_out_of_range") errors.set(input, say("yearOutOfRange", { first: FIRST_YEAR, last: LAST_YEAR }));
    return found?.day;
  }

  for (const row of rows) {
    const [arrival, departure] = [read(row.arrived), read(row.left)];
    const [arrived, left] = [dayIn(row.arrived, arrival), dayIn(row.left, departure)];
    if (!arrival && departure?.day) errors.set(row.arrived, say("arrivedMissing"));
    if (arrived && !departure?.code) stays.push({ row, stay: { arrived, left: left ?? null } });
  }
  for (const { stay, code } of faultsOf(stays.map((one) => one.stay))) {
    const found = stays[stay];
    if (!found) continue;
    errors.set(found.row.left, code === "left_first" ? say("leftFirst", { day: day(found.stay.arrived) }) : say("leftMissing"));
  }
  return { stays, today: dayIn(today, read(today) ?? { code: "not_a_day" }) ?? "", errors };
}
