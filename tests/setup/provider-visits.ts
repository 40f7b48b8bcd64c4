import { afterAll, afterEach, beforeAll, expect } from "vitest";
import { GET as callback } from "@/app/staff/provider/callback/route.staff";
import { POST as loggedOut } from "@/app/staff/provider/logout/route.staff";
import { POST as start } from "@/app/staff/provider/start/route.staff";
import { act } from "@/lib/ledger/write";
import { invitePerson } from "@/lib/staff/write";
import { openProvider, openRoute, Visit, type Visitor } from "./provider";
import { accepted, CENTRAL } from "./record";
import { database, sentForm, tokenOf } from "./sign-in";

/** Where we are, as the provider knows us. */
export const ORIGIN = "http://127.0.0.1:3000";
export let provider: Awaited<ReturnType<typeof openProvider>>;
export let route: Awaited<ReturnType<typeof openRoute>>;

/** Brings a file that calls it a provider, which the settings name. */
export function withProvider(): void {
  beforeAll(async () => {
    route = await openRoute(loggedOut);
    provider = await openProvider(ORIGIN, route.url);
    const { issuer, client } = provider;
    Object.assign(process.env, { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: client.id, OIDC_CLIENT_SECRET: client.secret });
  });
  afterEach(() => {
    delete process.env.OIDC_SECOND_FACTOR;
  });
  afterAll(async () => {
    for (const name of ["OIDC_ISSUER", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET"]) delete process.env[name];
    route.server.close();
    await provider.close();
  });
}

const cookieIn = (answer: Response, name: string) =>
  answer.headers
    .getSetCookie()
    .map((line) => new RegExp(`^${name}=([^;]*)`).exec(line)?.[1])
    .find(Boolean);

/** Leaves for the provider from our form. */
export async function leave(fields: Record<string, string> = {}) {
  const answer = await start(sentForm("/staff/provider/start", fields));
  return { address: new URL(answer.headers.get("location") ?? ""), errand: cookieIn(answer, "muhlat-provider") ?? "" };
}

/** Comes back to an address of ours. */
export const arrive = (address: string, errand: string) =>
  callback(new Request(address, { headers: { cookie: `muhlat-provider=${errand}` } }));

/** The whole way to the provider and back. */
export async function go(visitor: Visitor, fields: Record<string, string> = {}, visit = new Visit()) {
  provider.next.visitor = visitor;
  const { address, errand } = await leave(fields);
  const came = await visit.until(ORIGIN, address.href);
  const answer = await arrive(came, errand);
  return { answer, came, errand, visit, location: answer.headers.get("location"), token: tokenOf(answer) ?? "" };
}

let invitations = 0;
/** A link for somebody new, and who that is. */
export async function invited(role: "recorder" | "reviewer" = "recorder") {
  invitations += 1;
  const sent = { name: "Aigul", email: `aigul-${invitations}@example.org`, role, countries: ["KG"], language: "ky" };
  return accepted(await act(database.staff, (tx) => invitePerson(tx, CENTRAL, sent)));
}

/** Somebody new who is bound to an account of the provider's. */
export async function bound(account: string, role: "recorder" | "reviewer" = "recorder") {
  const { personId, token } = await invited(role);
  const came = await go({ account }, { link: token });
  expect(came.location).toBe("/staff");
  return { personId, ...came };
}
