import { text } from "../../text";

const words = text.ways.signIn;

/** Why a sign-in by another service ended without one. */
export default function CallbackNotice({ code }: { code: string }) {
  return (
    <p className="notice error" role="alert">
      {words.ended[code] ?? words.endedOtherwise}
    </p>
  );
}
