import { useEffect, useId, useRef, useState, useSyncExternalStore } from "react";

import { useShortcut } from "../../parts/keys/shortcuts";
import { useChangePreferences, usePreferences } from "../../queries/preferences";
import { text } from "../../text";
import { Tool } from "../timer/Tool";
import { ambient } from "./ambient";
import type { Sound } from "./noise";

const words = text.running;
const SOUNDS: Sound[] = ["rain", "waves", "noise"];

/** The button of the ambient sound, and its choice: which one, and how loud. */
export function SoundTool() {
  const { ambient: liked, volume } = usePreferences();
  const { mutate: change } = useChangePreferences();
  const state = useSyncExternalStore(ambient.subscribe, ambient.snapshot);
  const [isOpen, setOpen] = useState(false);
  const [loud, setLoud] = useState<number | null>(null);
  const place = useRef<HTMLDivElement>(null);
  const id = useId();
  const plays = state.is !== "off" && state.is !== "failed";
  const shown = loud ?? volume;
  const hear = (sound: Sound | null) => {
    if (sound === null) ambient.stop(0.8);
    else ambient.play(sound, shown);
  };
  const choose = (sound: Sound | null) => {
    hear(sound);
    if (liked !== (sound ?? "none")) change({ ambient: sound ?? "none" });
  };
  useShortcut("m", words.sound, () => hear(plays ? null : liked === "none" ? "rain" : liked));
  const close = () => setOpen(false);
  useEffect(() => {
    if (!isOpen) return;
    const outside = (event: PointerEvent) => {
      if (!place.current?.contains(event.target as Node)) setOpen(false);
    };
    document.addEventListener("pointerdown", outside);
    return () => document.removeEventListener("pointerdown", outside);
  }, [isOpen]);
  return (
    <div
      className="sound"
      ref={place}
      onKeyDown={(event) => {
        if (event.key === "Escape") close();
      }}
      onBlur={(event) => {
        // A press on the words of the choice takes the focus nowhere, and is no leaving.
        if (event.relatedTarget && !place.current?.contains(event.relatedTarget)) close();
      }}
    >
      <Tool
        label={words.sound}
        pressed={plays}
        expanded={isOpen}
        onClick={() => {
          // The first press plays what was liked last: one tap, and it rains.
          if (!isOpen && !plays && liked !== "none") hear(liked);
          setOpen(!isOpen);
        }}
      >
        <path d="M5 10v4h3l4 4V6L8 10H5Z" />
        {plays ? (
          <path d="M15.500 9a4 4 0 0 1 0 6M18 6.500a8 8 0 0 1 0 11" />
        ) : (
          <path d="m16 10 4 4m0-4-4 4" />
        )}
      </Tool>
      {isOpen && (
        <div className="sound-choice" role="group" aria-label={words.sound}>
          <div className="chips">
            {[null, ...SOUNDS].map((sound) => (
              <label className="chip" key={sound ?? "none"}>
                <input
                  type="radio"
                  name={id}
                  checked={state.sound === sound}
                  onChange={() => choose(sound)}
                />
                <span>{sound === null ? words.soundOff : words.sounds[sound]}</span>
              </label>
            ))}
          </div>
          <label className="volume">
            <span>{words.volume}</span>
            <input
              type="range"
              min={0}
              max={100}
              step={5}
              value={shown}
              onChange={(event) => {
                const now = Number(event.target.value);
                setLoud(now);
                ambient.setVolume(now);
              }}
              onPointerUp={() => loud !== null && change({ volume: loud })}
              onKeyUp={() => loud !== null && change({ volume: loud })}
            />
          </label>
          <p className="hint" role="status">
            {state.is === "stuck" && words.soundStuck}
            {state.is === "failed" && words.soundFailed}
          </p>
        </div>
      )}
    </div>
  );
}
