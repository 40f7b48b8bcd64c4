/** What is said in one language where there is no connection; browsers lack some of the dates, so all is written by the server. */
export type OfflineWords = {
  /** That this is a copy, and of when; `{instant}` stands for that. */
  copy: string;
  title: string;
  text: string;
  /** Before the list of the pages that are kept; and where there are none. */
  kept: string;
  nothingKept: string;
  /** An instant in each month: `{day} January {year}, {time} (Moscow)`. */
  months: string[];
};

/** An instant as the language writes it, in Moscow's time. */
export function instantIn(months: readonly string[], instant: Date): string {
  const parts = new Intl.DateTimeFormat("en-GB", {
    timeZone: "Europe/Moscow",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  }).formatToParts(instant);
  const part = (type: string) => parts.find((p) => p.type === type)?.value ?? "";
  return (months[Number(part("month")) - 1] ?? "")
    .replace("{day}", String(Number(part("day"))))
    .replace("{year}", part("year"))
    .replace("{time}", `${part("hour")}:${part("minute")}`);
}

/** The page with a band on top that says of when it is. */
export function withBand(html: string, words: OfflineWords, instant: Date): string {
  const band = `<p class="band" role="status">${words.copy.replace("{instant}", instantIn(words.months, instant))}</p>`;
  return html.replace(/<body\b[^>]*>/, (body) => body + band);
}

/** A page for an address that is not kept, with links to those that are; titles as they stand in their HTML, escaped there. */
export function unkeptPage(language: string, words: OfflineWords, pages: readonly { path: string; title: string }[]): string {
  const links = pages.map((page) => `<li><a href="${page.path}">${page.title}</a></li>`).join("");
  return `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="color-scheme" content="light dark"><title>${words.title}</title><style>:root{background:#f7f5ef;color:#1b2430}a{color:#0b4f8a}@media(prefers-color-scheme:dark){:root{background:#12161c;color:#e9ebee}a{color:#8cc4f5}}body{font:100%/1.5 system-ui,sans-serif;max-width:42rem;margin:0 auto;padding:1rem}h1{font-size:1.4rem;line-height:1.2}ul{list-style:none;padding:0}li a{display:block;padding:.65rem 0}</style></head><body><main><h1>${words.title}</h1><p>${words.text}</p>${links ? `<p>${words.kept}</p><ul>${links}</ul>` : `<p>${words.nothingKept}</p>`}</main></body></html>`;
}
