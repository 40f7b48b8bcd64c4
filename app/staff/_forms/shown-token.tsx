"use client";

import { useEffect, useRef } from "react";
import { Field, type Labels } from "@/app/_components/fields";
import type { TokenState } from "@/app/_server/token-form";

type Props = { made: NonNullable<TokenState["made"]>; labels: Labels };

/** A token that was just made, shown once to who made it; where the form was answered before, the word that it was. */
export function ShownToken({ made, labels }: Props) {
  const shown = useRef<HTMLElement>(null);
  useEffect(() => shown.current?.focus(), []);
  const label = (key: string) => (labels[`tokens.${key}`] ?? key).replace("{name}", made.name);
  return (
    <section className={made.token ? "good" : "band"} ref={shown} tabIndex={-1} aria-labelledby="token-title">
      <h2 id="token-title">{label("madeTitle")}</h2>
      {made.token ? (
        <Field name="token" label={label("token")} hint={label("tokenHint")}>
          {(ids) => <input {...ids} type="text" readOnly autoComplete="off" spellCheck={false} value={made.token} />}
        </Field>
      ) : (
        <p>{label("shownAlready")}</p>
      )}
      <p className="buttons">
        <a className="button" href="/staff/tokens/new">
          {label("another")}
        </a>
        <a className="button" href={`/staff/tokens/${made.tokenId}`}>
          {label("open")}
        </a>
      </p>
    </section>
  );
}
