import { actInWords, enteredBy, nameIn, reasonInWords } from "@/app/_server/history-words";
import { fieldInWords, valueInWords } from "@/lib/history/in-words";
import type { HistoryAct } from "@/lib/history/read";
import type { Words } from "@/lib/i18n/words";

type Props = { acts: readonly HistoryAct[]; names: ReadonlyMap<string, string>; words: Words };

/** The page of the thing that an act is about, where it has one. */
function pageOf({ feature, objectId }: HistoryAct): string | undefined {
  if (feature === "snapshots") return `/staff/record/${objectId}`;
  if (feature === "imports") return `/staff/import/${objectId}`;
  if (feature === "contacts") return `/staff/contacts/${objectId}`;
  if (feature === "tokens") return "/staff/tokens";
  return feature === "people" || feature === "sessions" ? `/staff/people/${objectId}` : undefined;
}

/** What an act is about: a person, a token and its countries, or the countries alone. */
function aboutOf({ feature, objectId, countries }: HistoryAct, names: Props["names"], words: Words): string {
  if (feature === "people" || feature === "sessions") return nameIn(names, objectId, words);
  const where = countries.map(words.country).join(", ");
  return feature === "tokens" ? `${names.get(objectId) ?? objectId} · ${where}` : where;
}

/** Acts, newest first, each with the fields that it changed. */
export function Acts({ acts, names, words }: Props) {
  const { t } = words;
  return (
    <ol className="revisions">
      {acts.map((act) => {
        const { verb, feature } = actInWords(act, words);
        const page = pageOf(act);
        const about = aboutOf(act, names, words);
        return (
          <li key={`${act.feature} ${act.objectId} ${act.number}`}>
            <h2 className="act">
              {feature}: {verb}
              {about && <> · {about}</>}
            </h2>
            <p className="aside">
              {words.instant(new Date(act.at))} · {enteredBy(names, act, words)}
              {act.publishedBy !== act.personId && (
                <>
                  {" "}
                  · {t("history.publishedBy")}: {nameIn(names, act.publishedBy, words)}
                </>
              )}
              {page && (
                <>
                  {" "}
                  · <a href={page}>{t("history.open")}</a>
                </>
              )}
            </p>
            {act.reason && (
              <p>
                {t("history.reason")}: {reasonInWords(act.reason, words)}
              </p>
            )}
            {act.changes.length > 0 && <Changes changes={act.changes} words={words} />}
          </li>
        );
      })}
    </ol>
  );
}

function Changes({ changes, words }: { changes: HistoryAct["changes"]; words: Words }) {
  const { t } = words;
  const shown = (field: string, value: unknown) => valueInWords(field, value, words) || <em>{t("history.nothing")}</em>;
  return (
    <details>
      <summary>{t("history.changed", { count: changes.length })}</summary>
      <table className="sides">
        <thead>
          <tr>
            <th scope="col">{t("history.field")}</th>
            <th scope="col">{t("history.before")}</th>
            <th scope="col">{t("history.after")}</th>
          </tr>
        </thead>
        <tbody>
          {changes.map(({ field, before, after }) => (
            <tr key={field}>
              <th scope="row">{fieldInWords(field, words)}</th>
              <td>{shown(field, before)}</td>
              <td>{shown(field, after)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
