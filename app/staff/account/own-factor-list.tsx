import { freshForm } from "@/app/_server/form";
import { labelsOf } from "@/app/_server/labels";
import type { Words } from "@/lib/i18n/words";
import type { OwnFactors } from "@/lib/sign-in/read";
import { needsSecondFactor } from "@/lib/sign-in/rules";
import type { Role } from "@/lib/staff/rules";
import { NewCodesForm } from "../_forms/new-codes-form";
import { newCodes, removeOwn } from "./actions";

type Props = { role: Role; factors: OwnFactors; may: boolean; words: Words };

/** One's second factors. Changing them is for who has signed in lately. */
export function OwnFactorList({ role, factors, may, words }: Props) {
  const { t, instant } = words;
  const all = [
    ...factors.passkeys.map(({ credentialId, device, madeAt }) => ({
      id: credentialId,
      factor: "passkey",
      name: [t("account.passkey"), device].filter(Boolean).join(" · "),
      since: madeAt,
    })),
    ...(factors.authenticator ? [{ id: "", factor: "authenticator", name: t("account.app"), since: factors.authenticator }] : []),
  ];
  return (
    <>
      <p>{needsSecondFactor(role) ? t("account.needed") : t("account.optional")}</p>
      {all.length === 0 && <p>{t("account.none")}</p>}
      <ul className="plain">
        {all.map(({ id, factor, name, since }) => (
          <li key={`${factor} ${id}`}>
            <strong>{name}</strong> <small className="aside">{t("account.since", { instant: instant(since) })}</small>
            {may && (
              <form action={removeOwn}>
                <input type="hidden" name="factor" value={factor} />
                <input type="hidden" name="id" value={id} />
                <button className="quiet" type="submit">
                  {t("account.remove")}
                </button>
              </form>
            )}
          </li>
        ))}
      </ul>
      {all.length > 0 && <p>{t("account.codesLeft", { count: factors.codesLeft })}</p>}
      {may && (
        <p>
          <a className="button" href="/staff/account/second-factor">
            {t("account.add")}
          </a>
        </p>
      )}
      {may && all.length > 0 && (
        <NewCodesForm action={newCodes} initial={freshForm()} labels={labelsOf(words, ["account", "enrol", "refusals", "errors"])} />
      )}
    </>
  );
}
