import { api, data } from "../../api/client";
import { enter } from "../entering";
import { sign } from "../passkey";

/** Sign in by a passkey of this device; `isQuiet` waits in the list of the name's field. */
export async function signInByPasskey(isQuiet = false): Promise<void> {
  const options = await data(api.POST("/api/auth/passkey/options"));
  const body = await sign(options, isQuiet);
  enter(await data(api.POST("/api/auth/passkey", { body })));
}
