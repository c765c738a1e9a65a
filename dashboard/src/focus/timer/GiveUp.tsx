import { Confirm } from "../../parts/forms/Confirm";
import { text } from "../../text";

const words = text.running;

type Props = {
  open: boolean;
  /** The minutes that would count if the session were ended now. */
  credit: number;
  canEnd: boolean;
  onClose: () => void;
  onYes: () => void;
};

/** The question before a session is given up: what is lost, what stays, and what else there is. */
export function GiveUp({ open, credit, canEnd, onClose, onYes }: Props) {
  return (
    <Confirm
      title={words.giveUpAsk}
      open={open}
      onClose={onClose}
      onYes={onYes}
      yes={words.giveUpYes}
      no={words.giveUpNo}
    >
      <p>{words.giveUpText(credit)}</p>
      <p className="soft">{words.giveUpStays}</p>
      {canEnd && credit > 0 && <p className="soft">{words.giveUpInstead(credit)}</p>}
    </Confirm>
  );
}
