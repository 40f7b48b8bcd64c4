/** A row of `LISTENING`: the database, and of each process that listens its name and the highest number it has heard; null where none does. */
export type Listening = { which: string; process: string | null; heard: string | null };

/** What a listening connection is called, with the highest number it has heard and the name of its process behind it. */
export const LISTENER = "muhlat front";

/** Asks which processes listen; what pg_stat_activity reads, without looking up the names of users. */
export const LISTENING = `
  select at.which, ear.process, ear.heard
  from (select oid, pg_postmaster_start_time()::text || ' ' || oid as which from pg_database where datname = current_database()) at
  left join lateral (
    select split_part(application_name, ' ', 4) as process, split_part(application_name, ' ', 3) as heard
    from pg_stat_get_activity(null) where datid = at.oid and application_name ~ '^${LISTENER} \\d+ \\w+$') ear on true`;

/**
 * The processes that were seen to listen to one database. One whose connection is gone may not know it yet, and shows what
 * it kept until it does: for a lease at most, so long as it trusts the last answer it had.
 */
class Ears {
  /** By the name of a process: until when it may trust what it keeps; for ever while it is there. */
  readonly #until = new Map<string, number>();

  note(there: ReadonlySet<string>, lease: number): void {
    const now = performance.now();
    for (const [name, until] of this.#until) {
      if (there.has(name)) continue;
      if (until === Number.POSITIVE_INFINITY) this.#until.set(name, now + lease);
      else if (until <= now) this.#until.delete(name);
    }
    for (const name of there) this.#until.set(name, Number.POSITIVE_INFINITY);
  }

  /** Whether one that is gone may still trust what it keeps. */
  get awaited(): boolean {
    const now = performance.now();
    return [...this.#until.values()].some((until) => until !== Number.POSITIVE_INFINITY && until > now);
  }

  forget(name: string): void {
    this.#until.delete(name);
  }
}

const all = new Map<string, Ears>();

/** Notes who listens. @returns the same database's, with what was noted before */
export function noteEars(rows: readonly Listening[], lease: number): Ears {
  const which = rows[0]?.which ?? "";
  const ears = all.get(which) ?? new Ears();
  all.set(which, ears);
  ears.note(new Set(rows.flatMap(({ process }) => process ?? [])), lease);
  return ears;
}

/** A process that ends by itself shows nothing any more. */
export function forgetEar(name: string): void {
  for (const ears of all.values()) ears.forget(name);
}
