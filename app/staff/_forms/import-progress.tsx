"use client";

import { useEffect, useState } from "react";

export type Told = { done: number; total?: number; text: string };

/** How often it is asked how far the work is; milliseconds. */
const EVERY = 500;

/** Asks how far the work on an import is while `asking`; `ended` is called once it was at work and is no longer. */
function useProgress(importId: string, asking: boolean, initial: Told | undefined, ended: () => void): Told | undefined {
  const [told, setTold] = useState(initial);
  useEffect(() => {
    if (!asking) return;
    let seen = initial !== undefined;
    const timer = setInterval(async () => {
      try {
        const answer = await fetch(`/staff/import/${importId}/progress`);
        const now: Told | null = answer.ok ? await answer.json() : null;
        if (now) setTold(now);
        if (now) seen = true;
        else if (seen) ended();
      } catch {
        // Asked again in a moment.
      }
    }, EVERY);
    return () => clearInterval(timer);
  }, [importId, asking, initial, ended]);
  return told;
}

const nothing = () => {};
const reload = () => location.reload();

type Props = { importId: string; label: string; asking: boolean; initial?: Told; reloads?: boolean };

/** How far the work on an import is: rows really done, and no more. */
export function ImportProgress({ importId, label, asking, initial, reloads }: Props) {
  const told = useProgress(importId, asking, initial, reloads ? reload : nothing);
  if (!asking || !told) return null;
  return (
    <p role="status" className="band">
      <progress aria-label={label} max={told.total} value={told.total === undefined ? undefined : told.done} /> {told.text}
    </p>
  );
}
