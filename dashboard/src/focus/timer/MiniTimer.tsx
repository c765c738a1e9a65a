import { Link, useLocation } from "wouter";

import type { Schemas } from "../../api/client";
import { countdown } from "../../format";
import { useServerNow } from "../../parts/time/useServerNow";
import { text } from "../../text";
import { useFocus } from "../context";
import { progress } from "./progress";
import { Ring } from "./Ring";

const words = text.focus;

/** The running session on every page but its own, as a link to that. */
export function MiniTimer() {
  const { session } = useFocus();
  return useLocation()[0] !== "/" && session ? <Mini session={session} /> : null;
}

function Mini({ session }: { session: Schemas["RunningSession"] }) {
  const { over, seconds, share } = progress(session, useServerNow(true));
  return (
    <Link className="mini" to="/">
      <span className="visually-hidden">{words.mini}</span>
      <Ring share={share} radius={13} width={4} className="ring" />
      <span role="timer">{over ? words.over : countdown(seconds)}</span>
    </Link>
  );
}
