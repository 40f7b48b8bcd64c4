import type { Metadata } from "next";
import { staffDb } from "@/app/_server/database";
import { type FormState, freshForm, keepingTyped } from "@/app/_server/form";
import { labelsOf } from "@/app/_server/labels";
import { staffWords } from "@/app/_server/session";
import { act } from "@/lib/ledger/write";
import { isSetUpLink } from "@/lib/staff/read";
import { setUpFirstAdmin } from "@/lib/staff/write";
import { SetUpForm } from "../_forms/set-up-form";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await staffWords()).t("setUp.title") };
}

async function setUp(link: string, previous: FormState, form: FormData): Promise<FormState> {
  "use server";
  return keepingTyped(previous, form, async (typed) => {
    const made = await act(staffDb(), (tx) => setUpFirstAdmin(tx, link, typed));
    return made.ok ? { saved: "/api/auth/signin?callbackUrl=/staff?made" } : { failure: made.failure };
  });
}

/** Where the one-time link leads that is printed at the first start. */
export default async function SetUpPage({ searchParams }: Props) {
  const { link } = await searchParams;
  const words = await staffWords();
  const { t } = words;
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
          <p className="bad">{t("setUp.over")}</p>
          <p>
            <a href="/staff/sign-in">{t("signIn.title")}</a>
          </p>
        </>
      )}
    </>
  );
}
