import type { Words } from "@/lib/i18n/words";

/** Says that a page is there and not for this person; the status is set by the page. */
export function NotYours({ title, words }: { title: string; words: Words }) {
  return (
    <>
      <h1>{title}</h1>
      <p className="bad">{words.t("staff.notYours")}</p>
    </>
  );
}
