/**
 * The last moment at which somebody touched a page of this browser, by the server's clock.
 * A session starts by itself only for who is there: minutes of an empty desk are nobody's.
 */
import { clock } from "../../api/clock";
import { storage } from "../../api/tabs/storage";
import { onTick } from "../../parts/time/ticks";

const NAME = "focusguard-touched";
/** The time without a tick after which the device must have slept: milliseconds. */
const SLEPT = 30_000;

let sleptAt = -Infinity;

function touch(): void {
  storage.set(NAME, String(clock.now()));
}

/** Listen for touches, and for the sleep of the device, until the returned function is called. */
export function watchTouches(): () => void {
  const events = ["pointerdown", "keydown"] as const;
  for (const event of events) window.addEventListener(event, touch, { passive: true });
  let last = Date.now();
  const stop = onTick(() => {
    const now = Date.now();
    if (Math.abs(now - last) > SLEPT) sleptAt = clock.now();
    last = now;
  });
  return () => {
    for (const event of events) window.removeEventListener(event, touch);
    stop();
  };
}

/** True where a page was touched after this moment, and the device has not slept since. */
export function isTouchedSince(moment: number): boolean {
  const touchedAt = Number(storage.get(NAME) ?? NaN);
  return touchedAt > moment && touchedAt > sleptAt;
}
