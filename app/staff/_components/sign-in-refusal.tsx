import type { Words } from "@/lib/i18n/words";

/** Why somebody was not let in, but for how long they have to wait. */
export const REFUSED = ["wrong", "busy", "ended", "code", "passkey", "provider", "unbound"] as const;

type Props = { refused: string | string[] | undefined; minutes?: string | string[]; words: Words };

/** Why somebody was not let in, as the address says; whatever else stands there says nothing. */
export function SignInRefusal({ refused, minutes, words: { t } }: Props) {
  const known = REFUSED.find((one) => one === refused);
  const wait = typeof minutes === "string" && /^\d{1,3}$/.test(minutes) ? Number(minutes) : 15;
  if (!known && refused !== "throttled") return null;
  return (
    <p className="bad" role="alert">
      {known ? t(`signIn.refused.${known}`) : t("signIn.refused.throttled", { minutes: wait })}
    </p>
  );
}
