import type { ReactNode } from "react";
import type { AnnounceChoices } from "@/app/_server/announce-choices";
import { Group } from "./group";
import { type Shown, typedInto, wordIn } from "./shown";
import { Ticks } from "./ticks";

type Props = Shown & { choices: AnnounceChoices; legend: string; ways: { all: string; named: string }; children?: ReactNode };

/** Whom it binds: everybody but the ticked, or the ticked alone. */
export function WhomFields({ choices, legend, ways, children, ...shown }: Props) {
  const chosen = typedInto(shown, "whom") || "named";
  const way = (value: "all" | "named") => (
    <label className="tick">
      <input type="radio" name="whom" value={value} defaultChecked={chosen === value} />
      {ways[value]}
    </label>
  );
  return (
    <Group name="countries" legend={legend} {...shown}>
      {choices.everybody ? (
        <div>
          {way("named")}
          {way("all")}
        </div>
      ) : (
        <input type="hidden" name="whom" value="named" />
      )}
      <Ticks
        group="country"
        options={choices.countries}
        more={{ label: wordIn(shown, "deadlines.otherCountries"), options: choices.others }}
        {...shown}
      />
      {children}
    </Group>
  );
}
