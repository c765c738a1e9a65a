import { useEffect } from "react";

import { ApiError } from "../../api/errors";
import { callOff, hasAutofill } from "../passkey";
import { signInByPasskey } from "./byPasskey";

/** The time after which a challenge is asked for anew: less than it lives, in milliseconds. */
const RENEWED = 240_000;

const REFUSALS = new Set(["CREDENTIAL_REFUSED", "FLOW_INVALID"]);

/**
 * Offer this device's passkeys in the list of the name's field, for as long as it is shown.
 * `onRefused` hears of one that was chosen there and not taken; what nobody asked for fails
 * unsaid, and the button beside it says why it does.
 */
export function useAutofill(isOn: boolean, onRefused: (refusal: ApiError) => void): void {
  useEffect(() => {
    if (!isOn) return;
    let isLeft = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const offer = async () => {
      if (isLeft || !(await hasAutofill())) return;
      clearTimeout(timer);
      timer = setTimeout(() => void offer(), RENEWED);
      try {
        await signInByPasskey(true);
      } catch (error) {
        if (!(error instanceof ApiError)) return;
        clearTimeout(timer);
        if (!isLeft && REFUSALS.has(error.code)) onRefused(error);
      }
    };
    void offer();
    return () => {
      isLeft = true;
      clearTimeout(timer);
      callOff();
    };
  }, [isOn, onRefused]);
}
