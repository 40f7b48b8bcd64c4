import type { Metadata } from "next";
import { staffDb } from "@/app/_server/database";
import { type FormState, freshForm, keepingTyped } from "@/app/_server/form";
import { labelsOf } from "@/app/_server/labels";
import { providerOf } from "@/app/_server/provider";
import { staffWords } from "@/app/_server/session";
import { act } from "@/lib/ledger/write";
import { hasAdmin, isSetUpLink, personOfLink } from "@/lib/staff/read";
import { choosePassword, setUpFirstAdmin } from "@/lib/staff/write";
import { PasswordForm } from "../_forms/password-form";
import { SetUpForm } from "../_forms/set-up-form";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await staffWords()).t("setUp.title") };
}

async function setUp(link: string, previous: FormState, form: FormData): Promise<FormState> {
  "use server";
  return keepingTyped(previous, form, async (typed) => {
    const made = await act(staffDb(), (tx) => setUpFirstAdmin(tx, link, typed));
    if (made.ok) return { saved: "/staff/set-up?done" };
    // Somebody used the link meanwhile: the page says so when it is opened again.
    return made.failure.code === "forbidden" ? { saved: `/staff/set-up?link=${encodeURIComponent(link)}` } : made.failure;
  });
}

async function choose(link: string, previous: FormState, form: FormData): Promise<FormState> {
  "use server";
  return keepingTyped(previous, form, async (given) => {
    const chosen = await act(staffDb(), (tx) => choosePassword(tx, link, given));
    if (chosen.ok) return { saved: "/staff/set-up?done" };
    return chosen.failure.code === "forbidden" ? { saved: `/staff/set-up?link=${encodeURIComponent(link)}` } : chosen.failure;
  });
}

/** Where a one-time link leads: the one printed at the first start, and those that admins pass on. */
export default async function SetUpPage({ searchParams }: Props) {
  const { link, done } = await searchParams;
  const words = await staffWords();
  const { t } = words;
  if (done !== undefined)
    return (
      <>
        <h1>{t("signIn.title")}</h1>
        <p className="good">{t("setUp.done")}</p>
        <p>
          <a className="button" href="/staff/sign-in">
            {t("signIn.title")}
          </a>
        </p>
      </>
    );
  const provider = providerOf();
  const invited = typeof link === "string" ? await personOfLink(staffDb(), link) : undefined;
  if (typeof link === "string" && invited)
    return (
      <>
        <h1>{t("setUp.welcome")}</h1>
        <p className="lead">{t("setUp.welcomeLead", invited)}</p>
        <PasswordForm
          action={choose.bind(null, link)}
          initial={freshForm()}
          email={invited.email}
          labels={labelsOf(words, ["setUp", "refusals", "errors"])}
        />
        {provider && (
          <form method="post" action="/staff/provider/start">
            <p>{t("setUp.providerLead", { name: provider.name })}</p>
            <input type="hidden" name="link" value={link} />
            <button type="submit" className="quiet">
              {t("signIn.provider", { name: provider.name })}
            </button>
          </form>
        )}
      </>
    );
  const holds = typeof link === "string" && (await isSetUpLink(staffDb(), link));
  return (
    <>
      <h1>{t("setUp.title")}</h1>
      {holds ? (
        <>
          <p className="lead">{t("setUp.lead")}</p>
          <SetUpForm action={setUp.bind(null, link)} initial={freshForm()} labels={labelsOf(words, ["setUp", "refusals", "errors"])} />
        </>
      ) : (
        <>
          <p className="bad">{(await hasAdmin(staffDb())) ? t("setUp.linkOver") : t("setUp.over")}</p>
          <p>
            <a href="/staff/sign-in">{t("signIn.title")}</a>
          </p>
        </>
      )}
    </>
  );
}
