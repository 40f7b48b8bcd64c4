import type { Labels } from "@/app/_components/fields";
import type { FormState } from "@/app/_server/form";

export type Option = { value: string; label: string; lang?: string };

/** What each part of a form needs of it: what was typed and why it was refused, and the texts. */
export type Shown = { state: FormState; labels: Labels };

/** What was typed into one field, by its input name. */
export const typedInto = ({ state }: Shown, name: string): string => state.typed[name] ?? "";

/** A text by its dotted name. */
export const wordIn = ({ labels }: Shown, key: string): string => labels[key] ?? key;
