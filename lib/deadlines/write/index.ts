export { announceDeadline } from "./announce";
export { checkAnnouncement, checkCorrection, type Draft } from "./checks";
export { correctDeadline } from "./correct";
export { withdrawDeadline } from "./withdraw";
