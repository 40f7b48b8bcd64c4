import { z } from "zod";
import { optionalMoment } from "../moments/input";
import { parseMoment } from "../moments/rules";
import { optionalText, optionalUrl, requiredText } from "../texts";

/**
 * A source as it may be sent. `published_on` is a moment in any spelling; a source cannot have been
 * published after `now`.
 */
export const sourceInput = (now: Date) => sourceInputAt(() => now);

/** The same where the instant is asked for whenever something is parsed. */
export const sourceInputAt = (now: () => Date) =>
  z.object(
    {
      title: requiredText(500),
      publisher: optionalText(300),
      speaker: optionalText(300),
      speaker_role: optionalText(300),
      published_on: optionalMoment.refine((iso) => iso === undefined || (parseMoment(iso)?.from ?? now()) <= now(), "in_the_future"),
      url: optionalUrl,
      /** Name of a stored copy that was sent before: SHA-256, hexadecimal. */
      copy_id: optionalText(64).refine((text) => text === undefined || /^[0-9a-f]{64}$/.test(text), "no_such_copy"),
    },
    "required",
  );

export type SourceInput = z.infer<ReturnType<typeof sourceInput>>;
