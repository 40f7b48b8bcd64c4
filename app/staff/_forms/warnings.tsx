import type { ReactNode } from "react";
import type { Labels } from "@/app/_components/fields";
import type { Look } from "@/app/_server/form";

type Props = {
  look: Look | undefined;
  /** Where in the form the codes that were shown are sent along. */
  name: string;
  labels: Labels;
  /** The field for the word that answers them. */
  children: ReactNode;
};

/** What speaks against an entry, each with its reason; warnings want a word, notes do not. */
export function Warnings({ look, name, labels, children }: Props) {
  const warnings = look?.warnings ?? [];
  return (
    <div className="looked" aria-live="polite">
      {warnings.length > 0 && (
        <ul className="warnings">
          {warnings.map(({ code, text, asks }) => (
            <li key={code} className={asks ? "warning" : "note"}>
              {asks && <strong>{labels["record.lookAgain"]} </strong>}
              {text}
            </li>
          ))}
        </ul>
      )}
      {warnings.some(({ asks }) => asks) && (
        <>
          <input type="hidden" name={`${name}.warnings`} value={warnings.map(({ code }) => code).join(" ")} />
          {children}
        </>
      )}
    </div>
  );
}
