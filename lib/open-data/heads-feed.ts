import type { Words } from "../i18n/words";
import { canonical, type SignedHead } from "../ledger/chain";
import type { Feed } from "./feed";

/** Heads of the ledger as a feed, each as the text that `npm run ledger:verify -- --head` takes. */
export function headsFeed(heads: readonly SignedHead[], origin: string, words: Words): Feed {
  const tag = (name: string) => `tag:${new URL(origin).hostname},2026:ledger/${name}`;
  const home = `${origin}/${words.language}/ledger`;
  return {
    id: tag(`heads/${words.language}`),
    title: words.t("ledger.feedTitle"),
    language: words.language,
    home,
    atom: `${origin}/feed/ledger.atom?lang=${words.language}`,
    json: home,
    entries: heads.map((head) => ({
      id: tag(String(head.n)),
      url: home,
      title: words.t("ledger.feedEntry", { number: words.number(head.n) }),
      lines: [{ text: canonical(head), language: "" }],
      author: words.t("site.name"),
      published: new Date(head.sealed_at),
      updated: new Date(head.sealed_at),
    })),
  };
}
