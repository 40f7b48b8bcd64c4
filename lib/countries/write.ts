import type { Database } from "@/db/client";
import { countries } from "@/db/schema";
import { alone, append } from "../ledger/write";
import { done, invalid, type Outcome, refused } from "../outcome";
import { type Actor, may } from "../staff/rules";
import { fieldsOf } from "../texts";
import { countryInput } from "./input";

/** Records a country that pages list from then on, figures or none. */
export async function recordCountry(tx: Database, actor: Actor, sent: unknown): Promise<Outcome<string>> {
  const parsed = countryInput.safeParse(sent);
  if (!parsed.success) return invalid(fieldsOf(parsed.error));
  const { country, ...input } = parsed.data;
  if (may(actor, "announce", [country]) !== "yes") return refused({ code: "forbidden" });
  const appended = await append(
    tx,
    countries,
    alone(actor),
    { statementId: country, replacesRevision: 0 },
    {
      unionMember: input.union_member,
      zone: input.zone,
      remittancesShareOfGdp: input.remittances_share_of_gdp,
      note: input.note ?? null,
    },
  );
  return appended.ok ? done(country) : appended;
}
