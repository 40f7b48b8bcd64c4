/** The address and port cannot be listened on; the message is a sentence for the operator. */
export class PortError extends Error {}
