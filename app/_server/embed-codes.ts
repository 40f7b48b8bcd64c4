import { queryOf, type View } from "@/lib/explore/rules/view";
import type { Words } from "@/lib/i18n/words";
import { originOf, readSettings } from "@/settings";

const escaped = (text: string) => text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

/** One embed: what it is, and the line of HTML that puts it into another site's page. */
export type EmbedCode = { label: string; code: string };

const frame = (path: string, title: string, width: number, height: number) =>
  `<iframe src="${escaped(originOf(readSettings()) + path)}" title="${escaped(title)}" width="${width}" height="${height}" loading="lazy" style="border:0;max-width:100%"></iframe>`;

/**
 * The embeds of a country. Their size in pixels is one in which everything can be seen; who copies the line may change it.
 * @param country ISO 3166-1 alpha-2, or ALL
 */
export function embedCodes(country: string, words: Words): EmbedCode[] {
  const kinds = [
    { kind: "countdown", label: words.t("embed.countdown"), width: 360, height: 320 },
    { kind: "chart", label: words.t("embed.chart"), width: 600, height: 560 },
  ];
  return kinds.map(({ kind, label, width, height }) => {
    const path = `/${words.language}/embed/${kind}?country=${country.toLowerCase()}`;
    return { label, code: frame(path, `${words.country(country)}: ${label}`, width, height) };
  });
}

/**
 * The chart of an explore page for another site's page.
 * @param view with its countries named, and pinned where it is to stay as it is
 */
export function chartCode(view: View, title: string, words: Words): EmbedCode {
  return { label: title, code: frame(`/${words.language}/embed/chart${queryOf(view)}`, title, 720, 620) };
}
