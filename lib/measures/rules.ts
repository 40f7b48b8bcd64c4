/** What can be counted: a stock is how many at a moment, a flow how many between two moments. */
export const MEASURES = {
  gray_list: { kind: "stock" },
  black_list: { kind: "stock" },
  present: { kind: "stock" },
  regularised: { kind: "flow" },
  left: { kind: "flow" },
  removed: { kind: "flow" },
  expelled: { kind: "flow" },
  deported: { kind: "flow" },
} as const satisfies Record<string, { kind: "stock" | "flow" }>;

export type Measure = keyof typeof MEASURES;

/** The two lists, in the order pages show them. */
export const LISTS = ["gray_list", "black_list"] as const satisfies Measure[];

export const measureCodes = Object.keys(MEASURES) as [Measure, ...Measure[]];

export function isMeasure(code: string): code is Measure {
  return Object.hasOwn(MEASURES, code);
}

export function isFlow(measure: Measure): boolean {
  return MEASURES[measure].kind === "flow";
}
