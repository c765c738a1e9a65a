import type { ReactNode } from "react";

import { text } from "../text";
import { Breakable } from "./Breakable";
import { Sent, useSendAgain } from "./SendAgain";

type Props = {
  /** What the address is to be confirmed for. */
  why: string;
  /** The ways beside another mail. */
  children: ReactNode;
};

/** The notice that asks for the confirmation of the address, with the button for another mail. */
export function Unconfirmed({ why, children }: Props) {
  const send = useSendAgain();
  return (
    <section className="notice row asks" aria-label={text.links.banner.label}>
      <p>
        <Breakable>{why}</Breakable>
      </p>
      <div className="row">
        <button
          type="button"
          className="button plain"
          disabled={send.isPending}
          onClick={() => send.once()}
        >
          {text.links.again}
        </button>
        {children}
      </div>
      <Sent of={send} />
    </section>
  );
}
