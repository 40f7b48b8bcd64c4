export * from "./people";
export * from "./set-up";
