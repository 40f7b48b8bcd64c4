import { eq, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { copies } from "@/db/schema";
import type { CopyFacts, MediaType } from "./rules";

type Row = { copy_id: string; media_type: MediaType; size: number; stored_at: string };

/** The copy of a source that the public may see now; for the reading role. */
export async function publicCopyOf(db: Database, sourceId: string): Promise<CopyFacts | undefined> {
  const [row] = await db.execute<Row>(
    sql`select copy_id, media_type, size, stored_at from derived.public_copies where source_id = ${sourceId}`,
  );
  return row && { copyId: row.copy_id, mediaType: row.media_type, size: row.size, storedAt: new Date(row.stored_at) };
}

/** The bytes of the copy of a source that the public may see now; for the reading role. */
export async function publicBytesOf(db: Database, sourceId: string, copyId: string): Promise<Buffer | undefined> {
  const [row] = await db.execute<{ bytes: Buffer }>(
    sql`select bytes from derived.public_copies where source_id = ${sourceId} and copy_id = ${copyId}`,
  );
  return row?.bytes;
}

/** A stored copy and who stored it; for staff. */
export async function copyOf(db: Database, copyId: string): Promise<(CopyFacts & { storedBy: string }) | undefined> {
  const [row] = await db
    .select({
      copyId: copies.copyId,
      mediaType: copies.mediaType,
      size: sql<number>`octet_length(${copies.bytes})`,
      storedAt: copies.storedAt,
      storedBy: copies.storedBy,
    })
    .from(copies)
    .where(eq(copies.copyId, copyId));
  return row;
}

/** The bytes of a stored copy; for staff. */
export async function bytesOf(db: Database, copyId: string): Promise<Buffer | undefined> {
  const [row] = await db.select({ bytes: copies.bytes }).from(copies).where(eq(copies.copyId, copyId));
  return row?.bytes;
}
