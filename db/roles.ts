import type { Sql } from "postgres";

/** The two roles the application works as. Neither may update or delete in the record. */
export const ROLE = { staff: "muhlat_staff", reader: "muhlat_reader" } as const;
export type Role = (typeof ROLE)[keyof typeof ROLE];

/**
 * Makes the roles where they are missing and lets the given users step down to them.
 *
 * @param sql a connection of the schema's owner, who must be allowed to make roles
 * @param users login names that connect as staff or as reader, where they have addresses of their own
 */
export async function ensureRoles(sql: Sql, users: { staff?: string; reader?: string } = {}): Promise<void> {
  for (const [kind, role] of Object.entries(ROLE) as [keyof typeof ROLE, Role][]) {
    const [exists] = await sql`select 1 from pg_roles where rolname = ${role}`;
    if (!exists) await sql`create role ${sql(role)} nologin`;
    await sql`grant ${sql(role)} to current_user`;
    const user = users[kind];
    if (user) await sql`grant ${sql(role)} to ${sql(user)}`;
  }
}
