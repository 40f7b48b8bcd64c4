"use client";

import type { Labels } from "@/app/_components/fields";
import { timeOfDay } from "./local-time";
import type { SendingState } from "./use-sending";

type Props = {
  keptAt: number | "refused" | undefined;
  sending: SendingState;
  labels: Labels;
  /** Whether the same form can be begun anew beside this one. */
  anew?: boolean;
  again: () => void;
  stop: () => void;
};

/** Where what was typed is at this moment, in words. */
export function KeptLine({ keptAt, sending, labels, anew, again, stop }: Props) {
  const label = (key: string) => labels[`draft.${key}`] ?? key;
  const kept = keptAt === "refused" ? label("notKept") : keptAt && label("kept").replace("{time}", timeOfDay(keptAt));
  return (
    <div className={sending === "waiting" ? "bad" : "kept"} role="status">
      {sending === "sending" && <p>{label("sending")}</p>}
      {sending === "waiting" && (
        <>
          <p>{label("waiting")}</p>
          <p>
            <button type="button" onClick={again}>
              {label("again")}
            </button>{" "}
            <button type="button" className="quiet" onClick={stop}>
              {label("stop")}
            </button>
          </p>
        </>
      )}
      {sending === "still" && kept && (
        <p>
          {kept} {anew && <a href="?anew">{label("anew")}</a>}
        </p>
      )}
    </div>
  );
}
