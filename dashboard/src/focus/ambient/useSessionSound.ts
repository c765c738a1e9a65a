import { useEffect } from "react";

import { usePreferences } from "../../queries/preferences";
import { ambient } from "./ambient";

/** Seconds in which the sound fades at the end of a session. */
const FADE_OUT = 4;

/** Let the sound end with the session, and return what begins it in the click on the start. */
export function useSessionSound(isOn: boolean): () => void {
  const { ambient: liked, volume } = usePreferences();
  useEffect(() => {
    if (!isOn) ambient.stop(FADE_OUT);
  }, [isOn]);
  // Who signs out takes it along.
  useEffect(() => () => ambient.stop(1), []);
  return () => {
    if (liked !== "none") ambient.play(liked, volume);
  };
}
