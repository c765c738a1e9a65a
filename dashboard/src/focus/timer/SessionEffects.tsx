import { useEffect, useRef, useState } from "react";

import { steadily } from "../../api/clock";
import type { Schemas } from "../../api/client";
import { countdown } from "../../format";
import { useServerNow } from "../../parts/time/useServerNow";
import { useTitleAbove } from "../../parts/title";
import { text } from "../../text";
import { MiniWindow } from "../window/MiniWindow";
import { useProgressIcon } from "./favicon";
import { useGrowing } from "./growth";
import { mayNotify, serviceWorker } from "../alarm/notifications";
import { progress } from "./progress";
import { isWanted } from "../alarm/alarm";

const words = text.focus;

type Props = {
  session: Schemas["RunningSession"];
  /** True while the session's end is on the way, or was refused. */
  isHeld: boolean;
  isPlanting: boolean;
  onDue: () => void;
  onClockMoved: () => void;
};

/** The side effects of a running session on every page: its title, its plant, its end. */
export function SessionEffects({ session, isHeld, isPlanting, onDue, onClockMoved }: Props) {
  const now = useServerNow(true);
  const { over, seconds, share } = progress(session, now);
  useTitleAbove(`${over ? words.over : countdown(seconds)} · ${text.name}`);
  useProgressIcon(share);
  useGrowing(session, isPlanting);

  // The server says whether it is over: a moment too early would cost the last minute.
  const isDue = session.duration_min !== null && (session.overdue || over);
  const asked = useRef(-Infinity);
  useEffect(() => {
    if (!isDue || isHeld || steadily() - asked.current < 1000) return;
    asked.current = steadily();
    onDue();
  }, [isDue, isHeld, now, onDue]);

  // The clock was set, or the device slept: only the server knows which.
  const apart = useRef<number | null>(null);
  useEffect(() => {
    const apartNow = Date.now() - steadily();
    const moved = apart.current !== null && Math.abs(apartNow - apart.current) > 2000;
    apart.current = apartNow;
    if (moved) onClockMoved();
  }, [now, onClockMoved]);

  // At the end it may be too late to fetch the service worker, which shows the notification.
  useEffect(() => {
    if (isWanted() && mayNotify()) void serviceWorker();
  }, []);
  return <MiniWindow session={session} isPlanting={isPlanting} />;
}

/** Keep the end in the title until the tab is looked at. */
export function UnseenEndTitle() {
  const [hidden, setHidden] = useState(document.hidden);
  useEffect(() => {
    const seen = () => {
      if (!document.hidden) setHidden(false);
    };
    document.addEventListener("visibilitychange", seen);
    return () => document.removeEventListener("visibilitychange", seen);
  }, []);
  useTitleAbove(hidden ? `${words.over} · ${text.name}` : null);
  return null;
}
