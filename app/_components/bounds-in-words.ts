import type { Words } from "@/lib/i18n/words";
import type { Figure } from "@/lib/snapshots/rules";
import { boundsOf } from "@/lib/trends/rules/bounds";

/** What a figure can mean by the rule "bounds", and by which part of the rule. */
export function boundsInWords(figure: Figure, words: Words): string {
  const { t } = words;
  const bounds = boundsOf(figure);
  const said = (bound: number) => (Number.isInteger(bound) ? words.number(bound) : words.decimal(bound));
  const [low, high] = [said(bounds.low ?? 0), said(bounds.high ?? 0)];
  if (bounds.high === null) return t("statement.bounds.more_than", { low });
  if (bounds.low === null) return t("statement.bounds.less_than", { high });
  if (bounds.low === bounds.high) return t("statement.bounds.exact", { low });
  if (figure.qualifier !== "about") return t("statement.bounds.between", { low, high });
  return t("statement.bounds.about", { figure: words.figure(figure), low, high, half: said(bounds.high - figure.value) });
}
