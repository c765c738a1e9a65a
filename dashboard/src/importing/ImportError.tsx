import { ApiError } from "../api/errors";
import { ErrorNotice } from "../parts/notices/Feedback";
import { text } from "../text";

type Props = { error: Error | null; again?: () => void };

/** A refusal of an import in the words of the page; the service's own where it has none. */
export function ImportError({ error, again }: Props) {
  const said = error instanceof ApiError ? text.importing.errors[error.code] : undefined;
  return <ErrorNotice error={said === undefined ? error : new Error(said)} again={again} />;
}
