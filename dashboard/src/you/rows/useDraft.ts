import { useEffect, useRef, useState } from "react";

/** The pause after which what was typed or turned is sent: milliseconds. */
const PAUSE = 500;

/**
 * A value that is changed in many small steps, and sent after the last one: each step would
 * be a request, and a slider's would use up a minute's in a second. Whoever leaves the page
 * in the pause has changed it too.
 */
export function useDraft<Value>(value: Value, save: (value: Value) => void) {
  const [draft, setDraft] = useState<{ value: Value; over: Value } | null>(null);
  const waiting = useRef<{ value: Value; timer: ReturnType<typeof setTimeout> } | null>(null);
  const latest = useRef(save);
  useEffect(() => {
    latest.current = save;
  });
  const flush = () => {
    if (waiting.current === null) return;
    clearTimeout(waiting.current.timer);
    const { value } = waiting.current;
    waiting.current = null;
    latest.current(value);
  };
  useEffect(() => flush, []);
  const change = (now: Value) => {
    setDraft({ value: now, over: value });
    if (waiting.current) clearTimeout(waiting.current.timer);
    waiting.current = { value: now, timer: setTimeout(flush, PAUSE) };
  };
  /** Forget what was typed, and show what holds. */
  const drop = () => {
    if (waiting.current) clearTimeout(waiting.current.timer);
    waiting.current = null;
    setDraft(null);
  };
  // What holds has changed since: the draft was sent, or another device was later.
  const shown = draft !== null && Object.is(draft.over, value) ? draft.value : value;
  return { shown, change, flush, drop };
}
