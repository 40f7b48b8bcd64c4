"use client";

import type { Labels } from "@/app/_components/fields";
import type { Theirs } from "@/app/_server/form";

type Props = { theirs: Theirs; yours: Record<string, string>; names: Record<string, string>; labels: Labels; onTheirs?: () => void };

/** Where two editors differ: the version that came first beside one's own, and a way on from either. */
export function SideBySide({ theirs, yours, names, labels, onTheirs }: Props) {
  const label = (key: string) => labels[`conflict.${key}`] ?? key;
  const differing = Object.keys(names).filter((name) => name in theirs.typed && (theirs.typed[name] ?? "") !== (yours[name] ?? "").trim());
  const shown = (value: string | undefined) => value || <em>{label("empty")}</em>;
  return (
    <section className="band" aria-labelledby="conflict">
      <h2 id="conflict">{label("title")}</h2>
      <p>{theirs.lead}</p>
      <table className="sides">
        <thead>
          <tr>
            <th scope="col">{label("field")}</th>
            <th scope="col">{label("theirs")}</th>
            <th scope="col">{label("yours")}</th>
          </tr>
        </thead>
        <tbody>
          {differing.map((name) => (
            <tr key={name}>
              <th scope="row">{names[name]}</th>
              <td>{shown(theirs.typed[name])}</td>
              <td>{shown(yours[name])}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="buttons">
        <a className="button" href="?" onClick={onTheirs}>
          {label("takeTheirs")}
        </a>
        <a className="button" href="#yours">
          {label("keepYours")}
        </a>
      </p>
    </section>
  );
}
