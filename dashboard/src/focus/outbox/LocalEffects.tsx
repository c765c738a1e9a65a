import { useEffect, useRef } from "react";

import type { Schemas } from "../../api/client";
import { countdown } from "../../format";
import { useServerNow } from "../../parts/time/useServerNow";
import { useTitleAbove } from "../../parts/title";
import { text } from "../../text";
import { progress } from "../timer/progress";

type Props = { session: Schemas["RunningSession"]; onDue: () => void };

/** The side effects of a session that only this device knows: its title and its end. */
export function LocalEffects({ session, onDue }: Props) {
  const { over, seconds } = progress(session, useServerNow(true));
  useTitleAbove(`${over ? text.focus.over : countdown(seconds)} · ${text.name}`);
  const isTold = useRef(false);
  useEffect(() => {
    if (!over || isTold.current) return;
    isTold.current = true;
    onDue();
  }, [over, onDue]);
  return null;
}
