"use client";

import { useCallback, useState } from "react";
import { MAX_COPY_BYTES } from "@/lib/copies/rules";

type Props = { name: string; ids: { id: string; "aria-describedby"?: string; "aria-invalid"?: true }; tooLarge: string };

/** Takes a document. Where scripts run, one that is too large is told before it is sent, and not sent. */
export function FileInput({ name, ids, tooLarge }: Props) {
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
        <p className="error" role="alert">
          {tooLarge}
        </p>
      )}
    </>
  );
}
