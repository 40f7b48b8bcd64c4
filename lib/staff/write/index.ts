export * from "./people";
export * from "./set-up";
export * from "./sign-in";
