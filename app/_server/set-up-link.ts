import { originOf, readSettings } from "@/settings";
import type { FormState } from "./form";

/** What a form shows that may have made a link: it and whom it is for, once. */
export type LinkState = FormState & { link?: { address: string; personId: string; name: string } };

/** The address under which an invited person chooses a password. */
export const addressOfLink = (token: string): string => `${originOf(readSettings())}/staff/set-up?link=${encodeURIComponent(token)}`;
