import { useSearch } from "wouter";

import type { Schemas } from "../../api/client";
import { useWays } from "../../queries/queries";
import { text } from "../../text";
import CallbackNotice from "../../ways/others/CallbackNotice";
import { SectionHead } from "../SectionHead";
import { Devices } from "./Devices";
import { SecondFactor } from "./factor/SecondFactor";
import { LinkedAccounts } from "./linked/LinkedAccounts";
import { Passkeys } from "./passkeys/Passkeys";
import { Password } from "./Password";
import "../../styles/you/ways.css";

/** What opens the account, and the devices on which it is open. */
export default function SigningIn({ user }: { user: Schemas["User"] }) {
  const ways = useWays();
  const ended = new URLSearchParams(useSearch()).get("error");
  return (
    <>
      <SectionHead title={text.settings.names.signingIn} lead={text.ways.devices.lead} />
      {ended && <CallbackNotice code={ended} />}
      <Devices zone={user.timezone} />
      {ways?.passkeys && <Passkeys zone={user.timezone} />}
      {ways?.second_factor && <SecondFactor user={user} />}
      {ways && ways.providers.length > 0 && <LinkedAccounts providers={ways.providers} />}
      <Password />
    </>
  );
}
