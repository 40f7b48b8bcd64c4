"use client";

import { useEffect, useRef } from "react";
import { Field, type Labels } from "@/app/_components/fields";
import type { LinkState } from "@/app/_server/set-up-link";

type Props = { link: NonNullable<LinkState["link"]>; labels: Labels; invited?: boolean };

/** A one-time link, shown once to who made it. */
export function ShownLink({ link, labels, invited }: Props) {
  const shown = useRef<HTMLElement>(null);
  useEffect(() => shown.current?.focus(), []);
  const label = (key: string) => (labels[`people.${key}`] ?? key).replace("{name}", link.name);
  return (
    <section className="good" ref={shown} tabIndex={-1} aria-labelledby="link-title">
      <h2 id="link-title">{label(invited ? "linkTitle" : "newLinkTitle")}</h2>
      <Field name="link" label={label("link")} hint={label("linkHint")}>
        {(ids) => <input {...ids} type="text" readOnly value={link.address} />}
      </Field>
      {invited && (
        <p className="buttons">
          <a className="button" href="/staff/people/new">
            {label("another")}
          </a>
          <a className="button" href={`/staff/people/${link.personId}`}>
            {label("open")}
          </a>
        </p>
      )}
    </section>
  );
}
