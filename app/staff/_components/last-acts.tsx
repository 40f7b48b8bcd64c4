import { answerInWords } from "@/app/_components/series-table";
import { actInWords, enteredBy, reasonInWords } from "@/app/_server/history-words";
import type { LastAct } from "@/lib/history/read";
import type { Words } from "@/lib/i18n/words";
import type { Said } from "@/lib/snapshots/read";

type Props = {
  acts: readonly LastAct[];
  said: readonly Said[];
  names: ReadonlyMap<string, string>;
  files: ReadonlyMap<string, string>;
  words: Words;
};

/** Where what was done can be looked at; a submission only where its list is, since not everybody may open it. */
function pageOf({ feature, objectId }: LastAct): string | undefined {
  if (feature === "submissions") return undefined;
  return `/staff/${{ snapshots: "record", imports: "import" }[feature] ?? feature}/${objectId}`;
}

/** The last things done, newest first: what, by whom and when, and for a return or a withdrawal why. */
export function LastActs({ acts, said, names, files, words }: Props) {
  const { t } = words;
  if (acts.length === 0) return <p className="nothing">{t("desk.empty")}</p>;
  return (
    <ul className="plain">
      {acts.map((act) => {
        const { verb, feature } = actInWords(act, words);
        const figure = said.find((one) => act.feature === "snapshots" && one.statementId === act.objectId && one.revision === act.revision);
        const about = figure
          ? `${words.country(figure.country)} · ${t(`measures.${figure.measure}`)} · ${answerInWords(figure, words)}`
          : [feature, files.get(act.objectId) ?? act.countries.map(words.country).join(", ")].filter(Boolean).join(" · ");
        const page = pageOf(act);
        return (
          <li key={`${act.feature} ${act.objectId} ${act.at}`}>
            {page ? <a href={page}>{about}</a> : about}{" "}
            <small className="aside">
              {verb}
              {figure && ` · ${words.moment(figure.asOf)}`} · {enteredBy(names, act, words)} · {words.instant(new Date(act.at))}
            </small>
            {act.reason && <small>{reasonInWords(act.reason, words)}</small>}
          </li>
        );
      })}
    </ul>
  );
}
