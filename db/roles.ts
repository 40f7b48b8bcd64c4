import type { Sql } from "postgres";

/** The roles the application works as. None may update or delete in the record; the sealer alone adds to the ledger. */
export const ROLE = { staff: "muhlat_staff", reader: "muhlat_reader", sealer: "muhlat_sealer" } as const;
export type Role = (typeof ROLE)[keyof typeof ROLE];

/**
 * Makes the roles where they are missing and lets the given users step down to them. What an
 * administrator of the server has already made or granted is left as it is.
 *
 * @param sql a connection of the schema's owner, who must be allowed to make roles where they are missing
 * @param users login names that connect as staff or as reader, where they have addresses of their own
 */
export async function ensureRoles(sql: Sql, users: { staff?: string; reader?: string } = {}): Promise<void> {
  const [owner] = await sql<{ name: string }[]>`select current_user as name`;
  for (const [kind, role] of Object.entries(ROLE) as [keyof typeof ROLE, Role][]) {
    const [exists] = await sql`select 1 from pg_roles where rolname = ${role}`;
    if (!exists) await sql`create role ${sql(role)} nologin`.catch(unlessMadeMeanwhile);
    // The server's own process seals, at the address that staff has.
    for (const user of [owner?.name, users[kind === "sealer" ? "staff" : kind]])
      if (user && !(await canBecome(sql, user, role))) await sql`grant ${sql(role)} to ${sql(user)}`;
  }
}

/** Roles belong to the whole server: another database of it may be set up at the same time. */
function unlessMadeMeanwhile(error: { code?: string }): void {
  if (error.code !== "42710" && error.code !== "23505") throw error;
}

/** From PostgreSQL 16 on whoever makes a role is its member without being able to step down to it. */
async function canBecome(sql: Sql, user: string, role: Role): Promise<boolean> {
  const [row] = await sql<{ can: boolean }[]>`
    select pg_has_role(rolname, ${role}, case when current_setting('server_version_num')::int >= 160000 then 'SET' else 'MEMBER' end) as can
    from pg_roles where rolname = ${user}`;
  return row?.can ?? false;
}
