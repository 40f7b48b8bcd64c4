import type { Words } from "@/lib/i18n/words";
import type { Actor } from "@/lib/staff/rules";
import type { ManagedToken } from "@/lib/tokens/read";

/** What a token may: for which countries, and whether what it sends is public at once. */
export function rightsInWords({ role, countries }: Pick<Actor, "role" | "countries">, { t, country }: Words): string {
  return countries.length === 0 ? t("tokens.mayNothing") : `${t(`staff.roles.${role}`)} · ${countries.map(country).join(", ")}`;
}

/** What a token was granted, in the same words. */
export const grantOf = ({ publishes, countries }: Pick<ManagedToken, "publishes" | "countries">): Pick<Actor, "role" | "countries"> => ({
  role: publishes ? "publishing_token" : "token",
  countries,
});

/** Whether a token may less now than it was granted, since its maker does. */
export const isLessened = (token: Pick<ManagedToken, "publishes" | "countries" | "actor">): boolean =>
  token.actor.role !== grantOf(token).role || token.actor.countries.length < token.countries.length;

/** When a token was last used; it is noted to some minutes. */
export const useInWords = ({ lastUsedAt }: Pick<ManagedToken, "lastUsedAt">, { t, instant }: Words): string =>
  lastUsedAt ? t("tokens.usedAbout", { instant: instant(lastUsedAt) }) : t("tokens.usedNever");

/** How a token stands, and until when it holds where nobody ended it. */
export const standingInWords = ({ state, expiresAt }: Pick<ManagedToken, "state" | "expiresAt">, { t, instant }: Words): string =>
  [
    ...(state === "holds" ? [] : [t(`tokens.states.${state}`)]),
    ...(state === "ended" ? [] : [`${t("tokens.until")} ${instant(expiresAt)}`]),
  ].join(" · ");
