import { type ComponentProps, useId } from "react";

import { Row } from "./Row";
import type { Saving } from "./saving";
import { Stepper } from "./Stepper";

type Props = Omit<ComponentProps<typeof Stepper>, "id" | "name"> & {
  title: string;
  hint?: string;
  saving: Saving;
};

/** A setting that is a number. */
export function StepperRow({ title, hint, saving, ...stepper }: Props) {
  const id = useId();
  return (
    <Row title={<label htmlFor={id}>{title}</label>} hint={hint} saving={saving}>
      <Stepper id={id} name={title} {...stepper} />
    </Row>
  );
}
