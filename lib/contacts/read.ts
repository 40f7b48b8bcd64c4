import { desc, eq, inArray, sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { contacts, currentContacts } from "@/db/schema";
import { ALL } from "../countries/rules";
import { type Contact, inOrder, isShown } from "./rules";

const contactOf = <T extends { kind: string }>(row: T) => ({ ...row, kind: row.kind as Contact["kind"] });

/** The contacts that the public sees for a country on a Moscow day, those for everybody behind its own. */
export async function contactsShown(db: Database, country: string, day: string): Promise<Contact[]> {
  const rows = await db
    .select()
    .from(currentContacts)
    .where(inArray(currentContacts.country, [country, ALL]));
  return inOrder(rows.map(contactOf).filter((contact) => isShown(contact, day)));
}

/** A contact as staff see it: `confirmedBy` is the person who last made sure. */
export type ListedContact = Contact & { confirmedBy: string };

/** Every contact that was not withdrawn; also those that the public no longer sees. */
export async function listedContacts(db: Database): Promise<ListedContact[]> {
  const rows = await db
    .select({
      contact: currentContacts,
      confirmedBy: sql<string>`(
        select c.recorded_by from record.contacts c
        where c.statement_id = contacts.statement_id and c.confirmed_on = contacts.confirmed_on
        order by c.revision limit 1)`,
    })
    .from(currentContacts);
  return inOrder(rows.map(({ contact, confirmedBy }) => ({ ...contactOf(contact), confirmedBy })));
}

/** One revision of a contact, with who wrote it, when and why. */
export type ContactRevision = Contact & {
  state: "published" | "withdrawn";
  reason: string | null;
  recordedBy: string;
  recordedAt: Date;
};

/** Every revision of a contact, newest first; none when there is no such contact. */
export async function contactRevisions(db: Database, statementId: string): Promise<ContactRevision[]> {
  const rows = await db.select().from(contacts).where(eq(contacts.statementId, statementId)).orderBy(desc(contacts.revision));
  return rows.map(contactOf);
}
