import { type KeyboardEvent, type PointerEvent, useState } from "react";

import { Plant } from "../../garden/Plant";
import { useServerNow } from "../../parts/time/useServerNow";
import { useTimeOfDay } from "../../parts/time/useTimeOfDay";
import { text } from "../../text";

const words = text.today.start;
const MOST = 480;
const STEP = 5;
const RADIUS = 140;
const AROUND = 2 * Math.PI * RADIUS;

type Props = { minutes: number | null; plant: string | null; onChange: (minutes: number) => void };

/** The minutes that a place on the dial means: an hour is one turn, in steps of five. */
function minutesAt({ currentTarget, clientX, clientY }: PointerEvent<SVGElement>): number {
  const box = (currentTarget.ownerSVGElement ?? currentTarget).getBoundingClientRect();
  const x = clientX - box.left - box.width / 2;
  const y = clientY - box.top - box.height / 2;
  const turn = (Math.atan2(x, -y) / (2 * Math.PI) + 1) % 1;
  return Math.round((turn * 60) / STEP) * STEP || 60;
}

const bounded = (minutes: number) => Math.min(MOST, Math.max(1, Math.round(minutes)));

/** The dial at full size: its length is typed, stepped, or drawn along the ring. */
export function LengthDial({ minutes, plant, onChange }: Props) {
  const [typed, setTyped] = useState<string | null>(null);
  const isOpen = minutes === null;
  const share = isOpen ? 0 : Math.min(1, minutes / 60);
  const step = (by: number) => {
    setTyped(null);
    // The first step leads to a whole five.
    const from = minutes ?? 25;
    onChange(
      bounded(by > 0 ? Math.floor(from / STEP) * STEP + by : Math.ceil(from / STEP) * STEP + by),
    );
  };
  const keys = (event: KeyboardEvent) => {
    const by = { ArrowUp: STEP, ArrowDown: -STEP }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    step(by);
  };
  const draw = (event: PointerEvent<SVGElement>) => {
    if (event.type === "pointerdown") event.currentTarget.setPointerCapture(event.pointerId);
    else if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    setTyped(null);
    onChange(minutesAt(event));
  };
  return (
    <div className="dial pick">
      <svg viewBox="0 0 320 320" aria-hidden="true">
        <circle className="track" cx="160" cy="160" r={RADIUS} />
        {Array.from({ length: 12 }, (_, n) => (
          <path key={n} className="tick" d="M160 33v7" transform={`rotate(${30 * n} 160 160)`} />
        ))}
        <circle
          className="done"
          cx="160"
          cy="160"
          r={RADIUS}
          strokeDasharray={AROUND}
          strokeDashoffset={AROUND * (1 - share)}
          transform="rotate(-90 160 160)"
        />
        <circle
          className="grip"
          cx="160"
          cy="160"
          r={RADIUS}
          onPointerDown={draw}
          onPointerMove={draw}
        />
        {!isOpen && (
          <circle
            className="knob"
            cx="160"
            cy={160 - RADIUS}
            r="13"
            transform={`rotate(${360 * share} 160 160)`}
          />
        )}
      </svg>
      <div className="reading">
        <Plant kind={plant ?? ""} stage={plant === null ? 0 : 5} label="" />
        <div className="time">
          <button
            type="button"
            className="icon-button"
            aria-label={words.less}
            onClick={() => step(-STEP)}
          >
            <svg width="20" height="20" viewBox="0 0 20 20" aria-hidden="true">
              <path d="M4 10h12" />
            </svg>
          </button>
          {isOpen ? (
            <span className="clock words">{text.focus.open}</span>
          ) : (
            <label className="clock">
              <span className="visually-hidden">{words.length}</span>
              <input
                type="text"
                inputMode="numeric"
                pattern="[0-9]*"
                maxLength={3}
                autoComplete="off"
                size={Math.max(2, String(minutes).length)}
                value={typed ?? String(minutes)}
                onKeyDown={keys}
                onFocus={(event) => event.target.select()}
                onBlur={() => setTyped(null)}
                onChange={({ target: { value } }) => {
                  const digits = value.replace(/\D/g, "");
                  setTyped(digits);
                  if (digits !== "") onChange(bounded(Number(digits)));
                }}
              />
              <span aria-hidden="true">:00</span>
            </label>
          )}
          <button
            type="button"
            className="icon-button"
            aria-label={words.more}
            onClick={() => step(STEP)}
          >
            <svg width="20" height="20" viewBox="0 0 20 20" aria-hidden="true">
              <path d="M4 10h12M10 4v12" />
            </svg>
          </button>
        </div>
        {!isOpen && <Until minutes={minutes} />}
      </div>
    </div>
  );
}

/** The time at which a session would end that began now. */
function Until({ minutes }: { minutes: number }) {
  const timeOfDay = useTimeOfDay();
  const end = timeOfDay(useServerNow(true) + minutes * 60_000);
  return <p className="soft">{words.until(end)}</p>;
}
