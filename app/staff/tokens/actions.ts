"use server";

import { redirect } from "next/navigation";
import { staffDb } from "@/app/_server/database";
import { type FormState, keepingTyped } from "@/app/_server/form";
import { tickedIn } from "@/app/_server/form-parts";
import { freshlySignedIn } from "@/app/_server/session";
import type { TokenState } from "@/app/_server/token-form";
import { actOnce } from "@/lib/ledger/once";
import { act } from "@/lib/ledger/write";
import { done } from "@/lib/outcome";
import { endToken, makeToken } from "@/lib/tokens/write";

/** Makes a token and shows it this once: what is kept of the form's answer does not have it. */
export async function make(previous: TokenState, form: FormData): Promise<TokenState> {
  let made: TokenState["made"];
  const state = await keepingTyped(previous, form, async (typed) => {
    const who = await freshlySignedIn();
    if ("refused" in who) return who.refused;
    const { person } = who;
    const { send_key, name = "", publishes, days } = typed;
    const sent = { name, countries: tickedIn(typed, "countries"), publishes, days };
    let token: string | undefined;
    const outcome = await actOnce(staffDb(), person, send_key, sent, async (tx) => {
      const became = await makeToken(tx, person, sent);
      if (!became.ok) return became;
      token = became.value.token;
      return done({ tokenId: became.value.tokenId });
    });
    if (!outcome.ok) return outcome.failure;
    made = { tokenId: outcome.value.tokenId, name: name.trim(), token };
  });
  return { ...state, made };
}

/** Ends a token for good. */
export async function end(tokenId: string, previous: FormState, form: FormData): Promise<FormState> {
  return keepingTyped(previous, form, async () => {
    const who = await freshlySignedIn();
    if ("refused" in who) return who.refused;
    const { person } = who;
    const ended = await act(staffDb(), (tx) => endToken(tx, person, tokenId));
    if (!ended.ok) return ended.failure;
    redirect(`/staff/tokens/${tokenId}?ended=yes`);
  });
}
