import { ApiError } from "../api/errors";

/** True where what was begun has ended: too long ago, or overtaken. Trying again is in vain. */
export const isOver = (error: Error | null): boolean =>
  error instanceof ApiError && error.code === "FLOW_INVALID";

/** The notice that a step has ended, and what to do. */
export function Over({ words }: { words: string }) {
  return (
    <p className="notice error" role="alert">
      {words}
    </p>
  );
}
