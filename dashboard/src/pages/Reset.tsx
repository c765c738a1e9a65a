import { useState } from "react";
import { Link } from "wouter";

import { api, auth, data } from "../api/client";
import { useLink } from "../links/link";
import { OldLink } from "../links/OldLink";
import { Outcome } from "../links/Outcome";
import { useLinkUse } from "../links/useLinkUse";
import { Form } from "../parts/forms/Form";
import { field } from "../parts/forms/formData";
import { PasswordField } from "../parts/forms/PasswordField";
import { ErrorNotice, fieldErrors } from "../parts/notices/Feedback";
import { useTitle } from "../parts/title";
import { text } from "../text";

const words = text.links.reset;

/** The page of a link that sets a new password; it signs nobody in. */
export default function Reset() {
  useTitle(`${words.title} · ${text.name}`);
  const link = useLink();
  // Another link opened in this page begins anew.
  return <NewPassword key={link} link={link} />;
}

function NewPassword({ link }: { link: string }) {
  const [token] = useState(link);
  const reset = useLinkUse(
    (new_password: string) =>
      data(api.POST("/api/auth/password/reset", { body: { token, new_password } })),
    // The person who was signed in here may be another one, who stays: the service knows.
    () => (auth.mayBeSignedIn ? auth.refresh().catch(() => undefined) : undefined),
  );
  if (reset.isSuccess || reset.maybeDone) {
    return (
      <Outcome title={reset.isSuccess ? words.doneTitle : words.maybeTitle} plant="grown">
        <p className="soft">{reset.isSuccess ? words.done : words.maybe}</p>
        <div className="row">
          <Link className="button" to="/sign-in">
            {text.sign.in}
          </Link>
          {reset.maybeDone && <Link to="/forgot">{words.another}</Link>}
        </div>
      </Outcome>
    );
  }
  if (token === "" || reset.isOld) {
    return (
      <OldLink why={words.why} isMissing={token === ""}>
        <Link className="button" to="/forgot">
          {words.another}
        </Link>
      </OldLink>
    );
  }
  return (
    <section className="card">
      <h1>{words.title}</h1>
      <p className="soft">{words.lead}</p>
      <Form error={reset.error} send={(form) => reset.mutateAsync(field(form, "new"))}>
        <PasswordField
          label={text.you.new}
          hint={text.sign.passwordHint}
          name="new"
          autoComplete="new-password"
          errors={fieldErrors(reset.error, "new_password")}
        />
        <ErrorNotice error={reset.error} at={["new_password"]} />
        <button type="submit" className="button big" disabled={reset.isPending}>
          {words.send}
        </button>
      </Form>
    </section>
  );
}
