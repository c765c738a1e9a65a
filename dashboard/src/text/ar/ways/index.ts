/** The text of the ways in beside the password, of tokens for programs, and of the picture. */
import { devices } from "./devices";
import { factor } from "./factor";
import { linked } from "./linked";
import { passkeys } from "./passkeys";
import { picture } from "./picture";
import { programs } from "./programs";
import { proof } from "./proof";
import { refusals } from "./refusals";
import { signIn } from "./signIn";

export const ways = {
  devices,
  factor,
  linked,
  passkeys,
  picture,
  programs,
  proof,
  refusals,
  signIn,
};
