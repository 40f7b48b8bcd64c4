import { parse } from "csv-parse/sync";
import { expect, test } from "./fixtures";

// No page is drawn here: once is enough.

const API = "/api/v1";
const QUESTION = `${API}/snapshots?country=KG&measure=gray_list&limit=2`;

test("a program of any site reads the record, by pages, and asks again at no cost", async ({ request, baseURL }) => {
  const answer = await request.get(QUESTION, { headers: { origin: "https://elsewhere.example", "accept-encoding": "br" } });
  expect(answer.status()).toBe(200);
  const headers = answer.headers();
  expect(headers).toMatchObject({
    "content-type": "application/json",
    "content-encoding": "br",
    "cache-control": "public, max-age=0, must-revalidate",
    "access-control-allow-origin": "*",
    vary: "Accept, Accept-Encoding",
    ratelimit: expect.stringMatching(/^"default";r=\d+;t=\d+$/),
    "ratelimit-policy": '"default";q=600;w=60',
  });
  for (const name of ["etag", "link", "muhlat-as-known-on", "ratelimit", "retry-after"])
    expect(headers["access-control-expose-headers"]?.toLowerCase()).toContain(name);
  expect(headers["set-cookie"]).toBeUndefined();
  const { data, next } = await answer.json();
  expect(data).toHaveLength(2);
  expect(data[0]).toMatchObject({
    country: "KG",
    country_iso3: "KGZ",
    measure: "gray_list",
    url: `${baseURL}/en/snapshots/${data[0].statement_id}`,
  });
  expect((await request.get(data[0].url)).status()).toBe(200);

  const link = /^<(.+)>; rel="next"$/.exec(headers.link ?? "")?.[1] ?? "";
  expect(new URL(link).searchParams.get("cursor")).toBe(next);
  const second = await (await request.get(link)).json();
  expect(second.data.map((row: { statement_id: string }) => row.statement_id)).not.toContain(data[1].statement_id);

  const again = await request.get(link, { headers: { "accept-encoding": "gzip" } });
  expect(again.headers()["content-encoding"]).toBe("gzip");
  const unchanged = await request.get(link, { headers: { "accept-encoding": "gzip", "if-none-match": again.headers().etag ?? "" } });
  expect([unchanged.status(), (await unchanged.body()).length]).toEqual([304, 0]);
  const head = await request.head(link, { headers: { "accept-encoding": "gzip" } });
  expect([head.status(), head.headers().etag, (await head.body()).length]).toEqual([200, again.headers().etag, 0]);
});

test("a browser may ask for it beforehand", async ({ request }) => {
  const headers = {
    origin: "https://elsewhere.example",
    "access-control-request-method": "GET",
    "access-control-request-headers": "if-none-match",
  };
  const answer = await request.fetch(QUESTION, { method: "OPTIONS", headers });
  expect(answer.status()).toBe(204);
  expect(answer.headers()).toMatchObject({
    "access-control-allow-origin": "*",
    "access-control-allow-methods": "GET, HEAD, OPTIONS",
    "access-control-allow-headers": "Accept, If-None-Match",
    "access-control-max-age": "86400",
  });
});

test("the same address is a table for who takes CSV, with its own tag", async ({ request }) => {
  // Others record meanwhile.
  const now = await (await request.get(QUESTION)).json();
  const pinned = `${QUESTION}&as_known_on=${now.as_known_on}&as_recorded_at=${now.as_recorded_at}`;
  const json = await request.get(pinned);
  const accepted = await request.get(pinned, { headers: { accept: "text/csv" } });
  expect(accepted.headers()["content-type"]).toBe("text/csv; charset=utf-8; header=present");
  expect(accepted.headers().etag).not.toBe(json.headers().etag);
  const rows = parse(await accepted.text(), { columns: true }) as Record<string, string>[];
  const { data, next, as_known_on, as_recorded_at } = await json.json();
  expect(rows.map(({ statement_id, value, source_title }) => [statement_id, value, source_title])).toEqual(
    data.map((row: { statement_id: string; value: number | null; source: { title: string } }) => [
      row.statement_id,
      `${row.value ?? ""}`,
      row.source.title,
    ]),
  );
  expect(accepted.headers()).toMatchObject({ "muhlat-as-known-on": as_known_on, "muhlat-as-recorded-at": as_recorded_at });
  expect(accepted.headers().link).toContain(next);
  const named = await request.get(`${pinned}&format=csv`);
  expect(await named.text()).toBe(await accepted.text());
});

test("what cannot be answered is a problem with the parameter at fault and what is allowed there", async ({ request }) => {
  const refusals = [
    [`${API}/snapshots?measure=grey`, 400, { parameter: "measure", said: "grey", allowed: expect.stringContaining("gray_list") }],
    [`${API}/snapshots?since=2025`, 400, { parameter: "since", said: "2025", allowed: expect.stringContaining("from, to") }],
    [`${API}/snapshots?limit=%FF`, 400, { parameter: "limit", said: "\uFFFD", allowed: "a whole number from 1 to 1000" }],
    // What the framework would take out of an address before we see it.
    ...["__proto__", "nxtPpath", "nxtIpath"].map(
      (parameter) =>
        [`${API}/snapshots?${parameter}=1`, 400, { parameter, said: "1", allowed: expect.stringContaining("from, to") }] as const,
    ),
    [`${API}/openapi.json?__proto__=1`, 400, { parameter: "__proto__", said: "", allowed: "no parameter" }],
    [`${API}/snapshots/no-such-statement`, 404, undefined],
    [`${API}/nowhere`, 404, undefined],
    [`${API}/%FF`, 404, undefined],
    [API, 404, undefined],
  ] as const;
  for (const [address, status, error] of refusals) {
    const answer = await request.get(address);
    expect(answer.status(), address).toBe(status);
    expect(answer.headers(), address).toMatchObject({
      "content-type": "application/problem+json; charset=utf-8",
      "cache-control": "no-store",
      "access-control-allow-origin": "*",
    });
    const problem = await answer.json();
    expect(problem, address).toMatchObject({
      type: expect.stringMatching(/^\/api\/v1\/problems\/\w+$/),
      title: expect.any(String),
      status,
    });
    expect(problem.errors, address).toEqual(error ? [error] : undefined);
  }
  const posted = await request.post(`${API}/countries`, { data: "x", headers: { origin: "https://elsewhere.example" } });
  expect([posted.status(), posted.headers()["content-type"], posted.headers().allow]).toEqual([
    405,
    "application/problem+json; charset=utf-8",
    "GET, HEAD, OPTIONS",
  ]);
});

test("every question that the OpenAPI document tells of is there", async ({ request, baseURL }) => {
  const answer = await request.get(`${API}/openapi.json`);
  expect(answer.headers()["content-type"]).toBe("application/json");
  const { openapi, servers, paths } = await answer.json();
  expect(openapi).toBe("3.1.0");
  expect(servers).toEqual([{ url: `${baseURL}${API}` }]);
  const required: Record<string, string> = {
    "/series": "?country=KG&measure=gray_list",
    "/latest": "?measure=gray_list",
    "/projection": "?country=KG&measure=gray_list",
  };
  const { data } = await (await request.get(QUESTION)).json();
  for (const path of Object.keys(paths)) {
    const address = path.replace("{statement_id}", data[0].statement_id).replace("{id}", data[0].source.id) + (required[path] ?? "");
    const asked = await request.get(`${servers[0].url}${address}`);
    expect(asked.status(), address).toBe(200);
    expect(await asked.json(), address).toMatchObject({
      data: expect.anything(),
      as_known_on: expect.any(String),
      as_recorded_at: expect.any(String),
    });
  }
});
