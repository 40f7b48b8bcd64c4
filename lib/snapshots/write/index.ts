export { MOST_FIGURES, recordBriefing } from "./briefing";
export { correctSnapshot } from "./correct";
export { rankSnapshot } from "./rank";
export { type Recorded, recordSnapshot } from "./record";
export { Together } from "./together";
export { withdrawSnapshot } from "./withdraw";
