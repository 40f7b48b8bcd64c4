import type { Labels } from "@/app/_components/fields";
import type { Words } from "@/lib/i18n/words";

/** Where one signs in again, and comes back. */
const againAt = (path: string): string => `/staff/sign-in?to=${encodeURIComponent(path)}`;

/** What a form says that was sent too late: what was typed stays in it while one signs in again beside it. */
export const againLabels = (path: string, { t }: Words): Labels => ({
  "refusals.not_fresh": t("account.againTyped"),
  "again.href": againAt(path),
  "again.label": t("account.againButton"),
});

type Props = { path: string; text: string; words: Words };

/** In the place of forms that want a sign-in of the last quarter of an hour: what for, and the way there and back. */
export function SignInAgain({ path, text, words }: Props) {
  return (
    <div className="band">
      <p>{text}</p>
      <p>
        <a className="button" href={againAt(path)}>
          {words.t("account.againButton")}
        </a>
      </p>
    </div>
  );
}
