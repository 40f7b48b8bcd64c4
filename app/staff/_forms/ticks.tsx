import { type Option, type Shown, typedInto } from "./shown";

type Props = Shown & {
  /** Each box is sent as `group.value`. */
  group: string;
  options: readonly Option[];
  /** More boxes, folded until they are wanted. */
  more?: { label: string; options: readonly Option[] };
};

/** Boxes to tick. */
export function Ticks({ group, options, more, ...shown }: Props) {
  const ticked = ({ value }: Option) => typedInto(shown, `${group}.${value}`) !== "";
  const boxes = (some: readonly Option[]) => (
    <div className="ticks">
      {some.map((option) => (
        <label className="tick" key={option.value} lang={option.lang}>
          <input type="checkbox" name={`${group}.${option.value}`} value="✓" defaultChecked={ticked(option)} /> {option.label}
        </label>
      ))}
    </div>
  );
  return (
    <>
      {boxes(options)}
      {more && more.options.length > 0 && (
        <details open={more.options.some(ticked)}>
          <summary>{more.label}</summary>
          {boxes(more.options)}
        </details>
      )}
    </>
  );
}
