import { MissingPage } from "@/app/_components/missing-page";
import type { Words } from "@/lib/i18n/words";

/** Says that nothing is there, or nothing that this person may see, and leads back to the desk. */
export function MissingThing({ words }: { words: Words }) {
  return <MissingPage words={words} onwards={{ href: "/staff", label: words.t("desk.title") }} />;
}
