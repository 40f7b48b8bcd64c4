import type { SnapshotRecord } from "@/app/_server/snapshot-record";
import type { Words } from "@/lib/i18n/words";
import { dayIn, MOSCOW } from "@/lib/moments/rules";
import type { Snapshot } from "@/lib/snapshots/rules";
import type { Precedence } from "@/lib/snapshots/standing";
import { pagePath, type Vintage } from "@/lib/vintage";
import { aboutWhen, SourceLine } from "./figure";

/** The day from which on something is known, in words. */
export const knownSince = (knownFrom: Date, { day }: Words): string => day(dayIn(MOSCOW, new Date(knownFrom.getTime() - 1)));

function whyInWords(why: Precedence, words: Words): string {
  const { t } = words;
  return why.code === "known_later"
    ? t("statement.why.known_later", { later: knownSince(why.front, words), earlier: knownSince(why.other, words) })
    : t(`statement.why.${why.code}`);
}

type Standing = NonNullable<SnapshotRecord["standing"]>;
type Props = { snapshot: Snapshot; standing: Standing; vintage: Vintage | undefined; words: Words };

/** Which figure stands in front of the others about the time of this one, and why. */
function InFront({ snapshot, standing: { counts, front, why, reasons }, words }: Omit<Props, "vintage">) {
  const { t } = words;
  if (!counts) return null;
  const itself = front?.statementId === snapshot.statementId;
  const reason = reasons.get(snapshot.statementId);
  return (
    <>
      {snapshot.rank === "deprecated" && <p>{t("statement.setAside")}</p>}
      {front && why && (
        <p>
          {itself ? t("statement.thisFront") : t("statement.otherFront", { figure: words.figure(front.answer.figure) })}{" "}
          {whyInWords(why, words)}
        </p>
      )}
      {reason && (
        <p>
          {t("statement.rankReason")}: <span lang="">{reason}</span>
        </p>
      )}
    </>
  );
}

/** The other figures about the time of one, who said them, and which of all stands in front. */
export function Rivals({ snapshot, standing, vintage, words }: Props) {
  const { t, language } = words;
  const { counts, rivals, inFront, reasons } = standing;
  if (!counts && rivals.length === 0) return null;
  return (
    <section aria-labelledby="rivals">
      <h2 id="rivals">{t("figure.others")}</h2>
      {rivals.length === 0 && <p>{t("statement.onlyOne")}</p>}
      <InFront snapshot={snapshot} standing={standing} words={words} />
      <ul className="plain">
        {rivals.map((rival) => {
          const reason = reasons.get(rival.statementId);
          const place = rival.rank === "deprecated" ? t("statement.aside") : inFront.has(rival.statementId) && t("statement.front");
          return (
            <li key={rival.statementId}>
              <a className="tap" href={`/${language}/${pagePath(`snapshots/${rival.statementId}`, vintage)}`}>
                <strong>{words.figure(rival.answer.figure)}</strong>
              </a>
              {place && ` · ${place}`}
              <span className="line">
                {aboutWhen(rival, words)} · {t("statement.since", { day: knownSince(rival.knownFrom, words) })}
              </span>
              <SourceLine source={rival.source} words={words} />
              {reason && (
                <span className="line">
                  {t("statement.rankReason")}: <span lang="">{reason}</span>
                </span>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
