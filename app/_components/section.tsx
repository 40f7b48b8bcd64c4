import type { ReactNode } from "react";

/** A part of a page under its heading, found by its id and named by it to who hears it. */
export function Section({ id, title, children }: { id: string; title: string; children: ReactNode }) {
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {children}
    </section>
  );
}
