import { auth } from "../api/client";
import type { TokenAnswer } from "../api/auth/auth";
import { guestSession } from "../landing/guestSession";

/** Take a sign-in, and hand over what was begun here without an account. */
export function enter(answer: TokenAnswer & { user: { id: string } }): void {
  guestSession.handTo(answer.user.id);
  auth.accept(answer);
}
