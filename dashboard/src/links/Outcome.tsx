import { type ReactNode, useEffect, useRef } from "react";

import { Plant } from "../garden/Plant";

type Props = {
  title: string;
  plant?: "grown" | "withered";
  children: ReactNode;
};

/** The card that takes the place of a form: what came of it, and the way on. */
export function Outcome({ title, plant, children }: Props) {
  const heading = useRef<HTMLHeadingElement>(null);
  // The button that was pressed is gone: a screen reader and Tab go on from here.
  useEffect(() => heading.current?.focus(), []);
  return (
    <section className="card outcome">
      {plant && <Plant kind="Sunflower" stage={5} state={plant} label="" />}
      <h1 tabIndex={-1} ref={heading}>
        {title}
      </h1>
      {children}
    </section>
  );
}
