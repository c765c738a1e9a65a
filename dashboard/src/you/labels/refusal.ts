import { ApiError } from "../../api/errors";
import { text } from "../../text";

const words = text.settings.labels;

/** The refusal of a label, in words that say what to do. */
export function refusal(error: Error | null): string | null {
  if (error === null) return null;
  if (!(error instanceof ApiError)) return error.message;
  if (error.code === "LABEL_NAME_TAKEN") return words.taken;
  if (error.code === "TOO_MANY_LABELS") return words.tooMany;
  return Object.values(error.fields).flat()[0] ?? error.message;
}
