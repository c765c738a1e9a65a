/** What the service refuses of the ways in: its own English says it. */
export const refusals: Record<string, string> = {};
