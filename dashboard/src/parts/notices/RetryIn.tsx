import { text } from "../../text";

/** The time until a retry; hidden from screen readers, which would read out every second. */
export function RetryIn({ seconds }: { seconds: number | null }) {
  return <span aria-hidden="true"> {text.errors.goOnIn(seconds)}</span>;
}
