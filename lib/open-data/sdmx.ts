import type { Answer } from "../snapshots/rules";

/** The codes of SDMX's CL_OBS_STATUS that observations of ours have. */
export const OBSERVATION = ["A", "E", "L", "M", "O", "Q"] as const;

/** SDMX's CL_CONF_STATUS: everything here was said in public. */
export const CONFIDENTIALITY = "F";

/**
 * SDMX CL_OBS_STATUS of what a statement says: A normal value (exact), E estimated value (about, more than, less than,
 * between), L missing, not collected (not asked), M missing, cannot exist (did not exist), O missing (not published, and
 * "unchanged", which says no figure), Q missing, suppressed (declined).
 */
export function observationStatus(answer: Answer): (typeof OBSERVATION)[number] {
  if (answer.kind === "figure") return answer.figure.qualifier === "exact" ? "A" : "E";
  if (answer.kind === "unchanged") return "O";
  return ({ not_asked: "L", did_not_exist: "M", not_published: "O", declined: "Q" } as const)[answer.reason];
}
