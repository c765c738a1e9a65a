/** What this device keeps of a user beyond the sign-in, which goes with the account. */
import { lastSession } from "./lastSession";
import { sender } from "./outbox/sessionRequests";
import { lastWish } from "./start/lastWish";

export async function forgetUser(id: string): Promise<void> {
  lastSession.forget();
  lastWish.forget();
  await sender.forgetAllOf(id);
}
