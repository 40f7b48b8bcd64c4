"use client";

import { useEffect, useRef } from "react";
import type { Labels } from "@/app/_components/fields";

/** Ten recovery codes, shown once to whose they are, and the way on. */
export function ShownCodes({ codes, labels, to }: { codes: string[]; labels: Labels; to: string }) {
  const shown = useRef<HTMLElement>(null);
  useEffect(() => shown.current?.focus(), []);
  return (
    <section className="good" ref={shown} tabIndex={-1} aria-labelledby="codes-title">
      {codes.length > 0 ? (
        <>
          <h2 id="codes-title">{labels["enrol.codesTitle"]}</h2>
          <p>{labels["enrol.codesLead"]}</p>
          <ol className="codes">
            {codes.map((code) => (
              <li key={code}>
                <code>{code}</code>
              </li>
            ))}
          </ol>
        </>
      ) : (
        <h2 id="codes-title">{labels["enrol.done"]}</h2>
      )}
      <p>
        <a className="button" href={to}>
          {labels["enrol.goOn"]}
        </a>
      </p>
    </section>
  );
}
