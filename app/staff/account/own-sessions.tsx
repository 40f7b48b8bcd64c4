import type { Words } from "@/lib/i18n/words";
import type { ListedSession } from "@/lib/sign-in/read";
import { endOne, endOthers } from "./actions";

type Props = { sessions: ListedSession[]; own: string | undefined; may: boolean; words: Words };

/** One's sessions; who has signed in lately can end each, and one's own is ended by signing out. */
export function OwnSessions({ sessions, own, may, words: { t, instant } }: Props) {
  return (
    <>
      <ul className="plain">
        {sessions.map((one) => (
          <li key={one.sessionId}>
            <strong>{one.device || t("account.unknownDevice")}</strong>{" "}
            {one.sessionId === own && <span className="mark">{t("account.thisOne")}</span>}
            <small className="aside">{t("account.begun", { begun: instant(one.begunAt), used: instant(one.lastUsedAt) })}</small>
            {may && one.sessionId !== own && (
              <form action={endOne}>
                <input type="hidden" name="session" value={one.sessionId} />
                <button className="quiet" type="submit">
                  {t("account.endOne")}
                </button>
              </form>
            )}
          </li>
        ))}
      </ul>
      {may && sessions.length > 1 && (
        <form action={endOthers}>
          <button type="submit">{t("account.endOthers")}</button>
        </form>
      )}
    </>
  );
}
