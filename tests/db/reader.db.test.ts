import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openPool } from "@/db/client";
import { whatReaderMay } from "@/db/ready";
import { ROLE } from "@/db/roles";
import { type FreshDatabase, freshDatabase } from "../setup/fresh-database";
import { addressAs } from "../setup/servers";

// What a public process looks at before it starts: that its login can do nothing but read what is public.

const LOGIN = `web_${randomUUID().slice(0, 8)}`;
let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
  await database.owner.unsafe(`create role ${LOGIN} login noinherit; grant muhlat_reader to ${LOGIN}`);
});
afterAll(async () => {
  await database.owner.unsafe(`drop owned by ${LOGIN}; drop role ${LOGIN}`);
  await database.close();
});

async function may(): Promise<string[]> {
  const pool = openPool(addressAs(database.url, LOGIN), ROLE.reader, 1);
  try {
    return await whatReaderMay(pool.db);
  } finally {
    await pool.close();
  }
}

test("a member of muhlat_reader and of nothing else can do no more", async () => {
  expect(await may()).toEqual([]);
});

test.each([
  ["grant select on staff.people to $", "revoke select on staff.people from $", "read staff.people"],
  ["grant insert on ledger.entries to $", "revoke insert on ledger.entries from $", "write ledger.entries"],
  ["grant update on record.snapshots to $", "revoke update on record.snapshots from $", "write record.snapshots"],
  ["grant create on schema derived to $", "revoke create on schema derived from $", "create in derived"],
  ["grant muhlat_staff to $", "revoke muhlat_staff from $", "role muhlat_staff"],
  ["alter role $ createrole", "alter role $ nocreaterole", "createrole"],
])("after `%s` it is told", async (given, taken, told) => {
  await database.owner.unsafe(given.replace("$", LOGIN));
  try {
    expect(await may()).toContain(told);
  } finally {
    await database.owner.unsafe(taken.replace("$", LOGIN));
  }
});
