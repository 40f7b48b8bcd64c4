import type { Words } from "@/lib/i18n/words";
import { originOf, readSettings } from "@/settings";

const escaped = (text: string) => text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

/** One embed: what it is, and the line of HTML that puts it into another site's page. */
export type EmbedCode = { label: string; code: string };

/**
 * The embeds of a country. Their size in pixels is one in which everything can be seen; who copies the line may change it.
 * @param country ISO 3166-1 alpha-2, or ALL
 */
export function embedCodes(country: string, words: Words): EmbedCode[] {
  const origin = originOf(readSettings());
  const kinds = [
    { kind: "countdown", label: words.t("embed.countdown"), width: 360, height: 320 },
    { kind: "chart", label: words.t("embed.chart"), width: 600, height: 560 },
  ];
  return kinds.map(({ kind, label, width, height }) => {
    const address = escaped(`${origin}/${words.language}/embed/${kind}?country=${country.toLowerCase()}`);
    const title = escaped(`${words.country(country)}: ${label}`);
    const code = `<iframe src="${address}" title="${title}" width="${width}" height="${height}" loading="lazy" style="border:0;max-width:100%"></iframe>`;
    return { label, code };
  });
}
