import type { Labels } from "@/app/_components/fields";
import type { FormState } from "@/app/_server/form";

/**
 * A failure as a form shows it: the sentence, and the word for each field refused, one after another as they stand on the page.
 * @param names the labels of the form's fields by input name, in the order of the page
 */
export function refusalOf(
  state: FormState,
  labels: Labels,
  names: Record<string, string>,
  wordAt: (figure: number) => string = () => "confirm.word",
) {
  const { failure } = state;
  if (!failure) return undefined;
  const title = labels[failure.code === "unconfirmed" ? "refusals.titleUnconfirmed" : "refusals.title"] ?? "";
  if (failure.code === "invalid") {
    const named = Object.keys(names);
    const place = (name: string) => (name in names ? named.indexOf(name) : named.length);
    const fields = Object.entries(failure.fields)
      .sort(([one], [other]) => place(one) - place(other))
      .map(([name, code]) => ({ name, label: names[name] ?? name, error: labels[`errors.${code}`] ?? code }));
    return { title, text: labels["refusals.fields"], fields };
  }
  // What was warned about wants a word each: the summary leads to where it is given.
  const asking =
    failure.code === "warned"
      ? (state.looks ?? []).flatMap(({ warnings }, index) => (warnings.some(({ asks }) => asks) ? [wordAt(index)] : []))
      : [];
  const text = labels[`refusals.${failure.code}`]?.replace(
    "{current}",
    failure.code === "conflict" && failure.current > 0 ? String(failure.current) : "+1",
  );
  const [href, label] = [labels["again.href"], labels["again.label"]];
  const way = failure.code === "not_fresh" && href && label ? { href, label } : undefined;
  return { title, text, way, fields: asking.map((name) => ({ name, label: names[name] ?? name, error: labels["errors.required"] ?? "" })) };
}

/** The refusal of one field, in words. */
export function errorOf(state: FormState, labels: Labels, name: string): string | undefined {
  const code = state.failure?.code === "invalid" ? state.failure.fields[name] : undefined;
  return code && (labels[`errors.${code}`] ?? code);
}
