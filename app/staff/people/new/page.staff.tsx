import type { Metadata } from "next";
import { answerStatus } from "@/app/_server/answer";
import { staffDb } from "@/app/_server/database";
import { freshForm, keepingTyped } from "@/app/_server/form";
import { tickedIn } from "@/app/_server/form-parts";
import { labelsOf } from "@/app/_server/labels";
import { peopleChoices } from "@/app/_server/people-choices";
import { requestTime } from "@/app/_server/public-page";
import { asksAgain, freshlySignedIn, personOrSentForm, staffWords } from "@/app/_server/session";
import { addressOfLink, type LinkState } from "@/app/_server/set-up-link";
import { listedCountries } from "@/lib/countries/read";
import { act } from "@/lib/ledger/write";
import { mayManageAnybody } from "@/lib/staff/rules";
import { invitePerson } from "@/lib/staff/write";
import { today } from "@/lib/vintage";
import { NotYours } from "../../_components/not-yours";
import { againLabels, SignInAgain } from "../../_components/sign-in-again";
import { InviteForm } from "../../_forms/invite-form";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await staffWords()).t("people.invite") };
}

async function invite(previous: LinkState, form: FormData): Promise<LinkState> {
  "use server";
  let link: LinkState["link"];
  const state = await keepingTyped(previous, form, async (typed) => {
    const who = await freshlySignedIn();
    if ("refused" in who) return who.refused;
    const { person } = who;
    const sent = { ...typed, countries: tickedIn(typed, "countries") };
    const invited = await act(staffDb(), (tx) => invitePerson(tx, person, sent));
    if (!invited.ok) return invited.failure;
    const { personId, token } = invited.value;
    link = { personId, name: typed.name ?? "", address: addressOfLink(token) };
  });
  return { ...state, link };
}

export default async function InvitePage() {
  const person = await personOrSentForm("/staff/people/new");
  const words = await staffWords();
  const { t } = words;
  if (person && !mayManageAnybody(person)) {
    answerStatus(403);
    return <NotYours title={t("people.invite")} words={words} />;
  }
  const listed = (await listedCountries(staffDb(), today(requestTime()))).map((c) => c.code);
  return (
    <>
      <p className="back">
        <a href="/staff/people">{t("people.title")}</a>
      </p>
      <h1>{t("people.invite")}</h1>
      <p className="lead">{t("people.inviteLead")}</p>
      {(await asksAgain()) ? (
        <SignInAgain path="/staff/people/new" text={t("people.again")} words={words} />
      ) : (
        <InviteForm
          action={invite}
          initial={freshForm({ language: words.language })}
          labels={{ ...labelsOf(words, ["people", "record", "refusals", "errors", "draft"]), ...againLabels("/staff/people/new", words) }}
          person={person?.personId ?? ""}
          choices={peopleChoices(person, listed, words)}
        />
      )}
    </>
  );
}
