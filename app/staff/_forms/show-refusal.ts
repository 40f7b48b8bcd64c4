"use client";

import { useEffect } from "react";
import type { FormState } from "@/app/_server/form";

/** Leads eye and keyboard to why a form was not accepted, where scripts run; without them the page begins there anyway. */
export function useShownRefusal(state: FormState): void {
  useEffect(() => {
    if (state.failure) document.getElementById("refusal")?.focus();
  }, [state]);
}
