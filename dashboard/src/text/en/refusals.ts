/**
 * What the service refuses, by its `error_code`, and its sentences about single fields by
 * themselves: it speaks English, so only other languages say it anew.
 */
export const refusals: Record<string, string> = {};
