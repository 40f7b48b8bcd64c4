"use client";

import { useCallback, useState } from "react";
import { MAX_COPY_BYTES } from "@/lib/copies/rules";

type Props = { name: string; ids: { id: string; "aria-describedby"?: string; "aria-invalid"?: true }; tooLarge: string; without: string };

/**
 * Takes a document. Where scripts run, one that is too large is told before it is sent, and not sent; the form is not
 * accepted either until another one is chosen, or it is said that it goes without.
 */
export function FileInput({ name, ids, tooLarge, without }: Props) {
  const [refused, setRefused] = useState(false);
  const check = useCallback((input: HTMLInputElement) => {
    const over = (input.files?.[0]?.size ?? 0) > MAX_COPY_BYTES;
    if (over) input.value = "";
    setRefused(over);
  }, []);
  // Also what was chosen before the script was there.
  const begin = useCallback(
    (input: HTMLInputElement | null) => {
      if (input) check(input);
    },
    [check],
  );
  return (
    <>
      <input
        {...ids}
        ref={begin}
        type="file"
        name={name}
        accept="application/pdf,image/png,image/jpeg"
        onChange={(event) => check(event.currentTarget)}
      />
      {refused && (
        <div role="alert">
          <p className="error">{tooLarge}</p>
          <input type="hidden" name={`${name}_refused`} value="yes" />
          <button type="button" className="quiet" onClick={() => setRefused(false)}>
            {without}
          </button>
        </div>
      )}
    </>
  );
}
