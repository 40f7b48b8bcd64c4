import { announceChoices } from "@/app/_server/announce-choices";
import { typedFrame } from "@/app/_server/announce-fields";
import { answerStatus } from "@/app/_server/answer";
import { staffDb } from "@/app/_server/database";
import { freshForm } from "@/app/_server/form";
import { labelsOf } from "@/app/_server/labels";
import { requestTime } from "@/app/_server/public-page";
import { staffWords } from "@/app/_server/session";
import { listedCountries } from "@/lib/countries/read";
import { today } from "@/lib/vintage";
import { MissingThing } from "../../_components/missing-thing";
import { DeadlineForm } from "../../_forms/deadline-form";
import { announce } from "../actions";
import { DeadlineFrame } from "./frame";
import { deadlineOnRecord } from "./on-record";

/** Where a deadline is extended or cancelled by a new one in its chain. */
export async function AnnounceInChain({ id, as }: { id: string; as: "extend" | "cancel" }) {
  const found = await deadlineOnRecord(id, `/${as}`);
  const words = await staffWords();
  if (!found) {
    answerStatus(404);
    return <MissingThing words={words} />;
  }
  const { t } = words;
  const { person, newest, chain, mine, stands } = found;
  const choices = announceChoices(person, await listedCountries(staffDb(), today(requestTime())), words);
  const frame = typedFrame(newest.deadline);
  // What followed from the deadline does not follow once it is cancelled.
  const typed =
    as === "extend" ? frame : Object.fromEntries(Object.entries(frame).filter(([name]) => !/^(consequence|afterwards)\./.test(name)));
  return (
    <DeadlineFrame
      title={t(as === "extend" ? "deadlines.extendTitle" : "deadlines.cancelTitle")}
      deadline={newest.deadline}
      chain={chain}
      now={requestTime()}
      words={words}
    >
      {!mine && <p className="band">{t("deadlines.notYours")}</p>}
      {mine && !stands && <p className="band">{t("deadlines.standsNoMore")}</p>}
      {/* Also where it stands no more: who was second sees the other's version beside their own. */}
      {mine && (
        <>
          <p>{t(as === "extend" ? "deadlines.extendLead" : "deadlines.cancelLead")}</p>
          <DeadlineForm
            as={as}
            of={id}
            action={announce.bind(null, { as, statementId: id })}
            initial={freshForm(typed)}
            labels={labelsOf(words, ["deadlines", "record", "refusals", "errors", "conflict", "measures", "draft"])}
            person={person?.personId ?? ""}
            choices={choices}
          />
        </>
      )}
    </DeadlineFrame>
  );
}
