import { cloneElement, type ReactElement, useId, useState } from "react";

type Props = { words: string; children: ReactElement<{ "aria-describedby"?: string }> };

/** Words about what is pointed at, or has the focus; Escape puts them away. */
export function Tooltip({ words, children }: Props) {
  const id = useId();
  const [isPutAway, setPutAway] = useState(false);
  const showAgain = () => setPutAway(false);
  return (
    <span
      className="tooltip"
      data-put-away={isPutAway || undefined}
      onKeyDown={(event) => event.key === "Escape" && setPutAway(true)}
      onPointerLeave={showAgain}
      onBlur={showAgain}
    >
      {cloneElement(children, { "aria-describedby": id })}
      <span role="tooltip" id={id}>
        {words}
      </span>
    </span>
  );
}
