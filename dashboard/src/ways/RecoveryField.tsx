import { Field } from "../parts/forms/Field";
import { fieldErrors } from "../parts/notices/Feedback";

type Props = { label: string; error: Error | null; isFirst?: boolean };

/** A field for one of the codes that somebody keeps for when the phone is gone. */
export function RecoveryField({ label, error, isFirst }: Props) {
  return (
    <Field
      label={label}
      name="recovery_code"
      autoComplete="off"
      autoCapitalize="none"
      spellCheck={false}
      dir="ltr"
      required
      autoFocus={isFirst}
      errors={[...fieldErrors(error, "recovery_code"), ...fieldErrors(error, "code")]}
    />
  );
}
