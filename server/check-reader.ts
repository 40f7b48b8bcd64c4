import { readerDb } from "@/db/client";
import { notReadyBecause, whatReaderMay } from "@/db/ready";
import { DatabaseError, place } from "./prepare-database";

/**
 * Sees that a public process finds the record set up, and that whoever it connects as can only read.
 * @throws DatabaseError
 */
export async function checkReader(address: string): Promise<void> {
  const because = await notReadyBecause(readerDb());
  if (because === "unreachable")
    throw new DatabaseError(
      `The database at ${place(address)} cannot be read. Check that it runs, that DATABASE_URL_PUBLIC is right, and that the process for staff has set it up.`,
      true,
    );
  if (because === "migrations_missing")
    throw new DatabaseError(
      "The database is of an earlier version than this process. Start the process for staff first: it brings the database up to date.",
      true,
    );
  const more = await whatReaderMay(readerDb());
  if (more.length > 0)
    throw new DatabaseError(
      `The user of DATABASE_URL_PUBLIC may do more than read the public record (${more.join(", ")}). Give it the role muhlat_reader and nothing else.`,
    );
}
