/** What is typed where a code of the app is asked for: that code, or one that was kept. */
import { ApiError } from "../api/errors";
import { text } from "../text";
import { digitsOf } from "./digits";

/** Blanks, and the dashes that programs make of a hyphen. */
const BETWEEN = /[\s\p{Dash_Punctuation}]/gu;

type Factor = { code: string } | { recovery_code: string };

/** The factor that a text can be by its form: sixteen letters and digits are a kept code. */
export function factorOf(typed: string): Factor {
  const kept = typed.replace(BETWEEN, "");
  return /^[\da-z]{16}$/i.test(kept) ? { recovery_code: kept } : { code: digitsOf(typed) };
}

/** Send a factor; of a refused one it is told which of the two it was taken for. */
export async function sendFactor<T>(factor: Factor, send: () => Promise<T>): Promise<T> {
  try {
    return await send();
  } catch (error) {
    const isWrong = error instanceof ApiError && error.code === "SECOND_FACTOR_WRONG";
    if (!isWrong || "code" in factor) throw error;
    const said = text.ways.signIn.recoveryWrong;
    throw new ApiError(error.status, error.code, said, { code: [said] });
  }
}
