/** The parts of the ways in that are loaded, with their words, where they are shown. */
import type { ComponentType } from "react";

import { lazyPart } from "../frame/lazyPage";
import { loadWaysText } from "../text/load";

type Load<Props> = () => Promise<{ default: ComponentType<Props> }>;

/** A part whose words are those of the ways in. */
export function lazyWay<Props extends object>(load: Load<Props>, height = 0) {
  return lazyPart<Props>(async () => {
    // Its modules read their words as they are loaded.
    await loadWaysText();
    return load();
  }, height);
}

export const SecondStep = lazyWay(() => import("./secondStep/SecondStep"), 240);
export const StepAfterProvider = lazyWay(() => import("./secondStep/StepAfterProvider"), 240);
export const OtherWays = lazyWay(() => import("./others/OtherWays"));
export const CallbackNotice = lazyWay(() => import("./others/CallbackNotice"));
export const FinishSignUp = lazyWay<object>(() => import("./others/FinishSignUp"), 240);
