export * from "./contacts";
export * from "./countries";
export * from "./deadlines";
export * from "./events";
export * from "./imports";
export * from "./snapshots";
export * from "./sources";
export * from "./staff";
