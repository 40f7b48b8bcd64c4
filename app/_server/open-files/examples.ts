/** A program that reads the data, as the page shows it; `name` is the key of its text. */
export type Example = { name: "curl" | "excel" | "sheets" | "python" | "r" | "javascript"; code: string };

const KYRGYZ = "/api/v1/snapshots?country=KG&measure=gray_list&limit=1000";

/** Programs that run as they stand, against the given origin. */
export const examplesOf = (origin: string): Example[] => [
  { name: "curl", code: `curl "${origin}${KYRGYZ}&format=csv"` },
  {
    name: "excel",
    code: `let
  Source = Csv.Document(
    Web.Contents("${origin}/data/snapshots.csv"),
    [Delimiter = ",", Encoding = 65001, QuoteStyle = QuoteStyle.Csv]
  ),
  Figures = Table.PromoteHeaders(Source, [PromoteAllScalars = true])
in
  Figures`,
  },
  { name: "sheets", code: `=IMPORTDATA("${origin}${KYRGYZ}&format=csv")` },
  {
    name: "python",
    code: `import json
import urllib.parse
import urllib.request

asked = {"country": "KG", "measure": "gray_list", "limit": 1000}
while True:
    address = "${origin}/api/v1/snapshots?" + urllib.parse.urlencode(asked)
    with urllib.request.urlopen(address) as answer:
        page = json.load(answer)
    for row in page["data"]:
        print(row["as_of"], row["qualifier"], row["value"], row["url"])
    if page["next"] is None:
        break
    asked["cursor"] = page["next"]`,
  },
  {
    name: "r",
    code: `# na.strings: "NA" is the code of Namibia.
rows <- read.csv("${origin}/data/snapshots.csv", na.strings = "", encoding = "UTF-8")
kyrgyz <- subset(rows, country == "KG" & measure == "gray_list")
print(kyrgyz[, c("as_of", "qualifier", "value", "source_title")])`,
  },
  {
    name: "javascript",
    code: `const answer = await fetch("${origin}/api/v1/latest?measure=gray_list");
const { data, as_known_on } = await answer.json();
for (const { country, value, as_of } of data) {
  if (value !== null) console.log(country, value, as_of, "known on", as_known_on);
}`,
  },
];

/** A program that records a figure of today, with the token in its environment, against the given origin. */
export const entryExampleOf = (origin: string): string => `curl "${origin}/api/v1/snapshots" \\
  -H "Authorization: Bearer $MUHLAT_TOKEN" \\
  -H "Content-Type: application/json" \\
  -H "Idempotency-Key: consulate-$(date -u +%Y-%m-%dT%H)" \\
  -d '{
    "country": "KG",
    "measure": "gray_list",
    "as_of": "'$(date -u +%Y-%m-%d)'",
    "value": 73278,
    "qualifier": "exact",
    "source": {
      "title": "Count of the consulate",
      "publisher": "Consulate in Moscow",
      "published_on": "'$(date -u +%Y-%m-%d)'"
    }
  }'`;
