/** The species by the names that the service has for them, which are the English ones. */
export const species: Record<string, string> = {};
