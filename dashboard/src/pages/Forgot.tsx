import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "wouter";
import { useHistoryState } from "wouter/use-browser-location";

import { api, data } from "../api/client";
import { Outcome } from "../links/Outcome";
import { Field } from "../parts/forms/Field";
import { Form } from "../parts/forms/Form";
import { trimmedField } from "../parts/forms/formData";
import { ErrorNotice, fieldErrors } from "../parts/notices/Feedback";
import { useTitle } from "../parts/title";
import { useMail } from "../queries/queries";
import { text } from "../text";

const words = text.links.forgot;

/** The page that asks for the mail by which a forgotten password is replaced. */
export default function Forgot() {
  useTitle(`${words.title} · ${text.name}`);
  const typed = useHistoryState<{ email?: string } | null>();
  const [address, setAddress] = useState(typed?.email ?? "");
  const mail = useMail();
  const ask = useMutation({
    mutationFn: (email: string) => data(api.POST("/api/auth/password/forgot", { body: { email } })),
    onSuccess: (_, email) => setAddress(email),
  });
  if (mail === false) {
    return (
      <Outcome title={words.offTitle}>
        <p className="soft">{words.off}</p>
        <Link to="/sign-in">{words.back}</Link>
      </Outcome>
    );
  }
  if (ask.isSuccess) {
    return (
      <Outcome title={words.sentTitle} plant="grown">
        {/* One answer, whoever has the address: it tells nobody who is here. */}
        <p>{words.sent(address)}</p>
        <ul className="hints">
          {words.hints.map((hint) => (
            <li key={hint}>{hint}</li>
          ))}
        </ul>
        <div className="row">
          <button type="button" className="button plain" onClick={() => ask.reset()}>
            {words.again}
          </button>
          <Link className="button plain" to="/sign-in">
            {words.back}
          </Link>
        </div>
      </Outcome>
    );
  }
  return (
    <section className="card">
      <h1>{words.title}</h1>
      <p className="soft">{words.lead}</p>
      <Form error={ask.error} send={(form) => ask.mutateAsync(trimmedField(form, "email"))}>
        <Field
          label={text.sign.email}
          name="email"
          type="email"
          autoComplete="email"
          required
          defaultValue={address}
          errors={fieldErrors(ask.error, "email")}
        />
        <ErrorNotice error={ask.error} at={["email"]} />
        <button type="submit" className="button big" disabled={ask.isPending}>
          {words.send}
        </button>
      </Form>
      <Link to="/sign-in">{words.back}</Link>
    </section>
  );
}
