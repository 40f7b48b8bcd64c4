/** What is asked at both sizes. `as`: who asks; `id` stands for a statement in the middle of a long series, `source` for one of its sources. */
export type Asked = { name: string; address: string; as: "anybody" | "staff"; method?: "HEAD" };

const EIGHT = "c={eight}";

const PUBLIC = [
  "/en",
  "/en/countries/{country}",
  "/en/deadlines",
  "/en/deadlines/{chain}",
  "/en/days",
  "/en/snapshots/{id}",
  "/en/corrections",
  "/en/method",
  "/en/back-test",
  "/en/data",
  "/en/ledger",
  "/en/explore",
  `/en/explore?${EIGHT}`,
  `/en/explore?${EIGHT}&known=2021-03-01`,
  "/en/explore/figures.csv?c={country}",
  "/en/explore/chart.svg?c={country}",
  "/en/as-known/2021-03-01/countries/{country}",
  "/en/as-known/2021-03-01/snapshots/{id}",
  "/en/embed/countdown?country={country}",
  "/en/embed/chart?country={country}",
  "/feed/{country}.atom",
  "/feed/all.json",
  "/calendar/{country}.ics",
  "/og/{country}.png",
  "/sitemap.xml",
  "/data/catalog.jsonld",
];

const HEADS = ["/data/snapshots.csv", "/data/snapshots.xlsx", "/data/muhlat.zip"];

const API = [
  "/countries",
  "/measures",
  "/latest?measure=gray_list",
  "/snapshots",
  "/snapshots?country={COUNTRY}&revisions=all",
  "/snapshots?country={COUNTRY}&as_known_on=2021-03-01",
  "/snapshots/{id}",
  "/series?country={COUNTRY}&measure=gray_list",
  "/series?country={COUNTRY}&measure=gray_list&as_known_on=2021-03-01",
  "/projection?country={COUNTRY}&measure=gray_list",
  "/deadlines",
  "/events",
  "/sources/{source}",
  "/corrections",
  "/ledger",
  "/ledger/head",
].map((path) => `/api/v1${path}`);

const STAFF = [
  "/staff",
  "/staff/record",
  "/staff/record?country={COUNTRY}&measure=gray_list",
  "/staff/record/{id}",
  "/staff/review",
  "/staff/import",
  "/staff/deadlines",
  "/staff/events",
  "/staff/contacts",
  "/staff/people",
  "/staff/tokens",
  "/staff/history",
  "/staff/sources/{source}",
];

/** Every page and call of the product that reads the record. */
export function everythingAsked(of: Record<string, string>): Asked[] {
  const filled = (address: string) => address.replace(/\{(\w+)\}/g, (_, name) => of[name] ?? "");
  const asked = (address: string, as: Asked["as"], method?: "HEAD"): Asked => ({
    name: `${method ? `${method} ` : ""}${address.replace(/\{eight\}/, "…")}`,
    address: filled(address),
    as,
    ...(method && { method }),
  });
  return [
    ...PUBLIC.map((address) => asked(address, "anybody")),
    ...HEADS.map((address) => asked(address, "anybody", "HEAD")),
    ...API.map((address) => asked(address, "anybody")),
    ...STAFF.map((address) => asked(address, "staff")),
  ];
}
