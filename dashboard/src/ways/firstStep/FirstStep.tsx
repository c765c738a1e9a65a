import { useMutation } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { Link } from "wouter";

import { api, data, type Schemas } from "../../api/client";
import { newKey } from "../../api/idempotencyKey";
import { GuestMinutes } from "../../landing/GuestMinutes";
import { Field } from "../../parts/forms/Field";
import { Form } from "../../parts/forms/Form";
import { field, trimmedField } from "../../parts/forms/formData";
import { PasswordField } from "../../parts/forms/PasswordField";
import { withDeviceZone } from "../../parts/forms/withDeviceZone";
import { CookieNotice } from "../../parts/notices/CookieNotice";
import { ErrorNotice, fieldErrors } from "../../parts/notices/Feedback";
import { useWays, type WaysIn } from "../../queries/queries";
import { text } from "../../text";
import { enter } from "../entering";
import { CallbackNotice, OtherWays } from "../lazyWays";
import type { Begun } from "../secondStep/SecondStep";

const words = text.sign;

type Props = {
  creating: boolean;
  /** The code of what a sign-in by another service ended with. */
  ended: string | null;
  onBegun: (begun: Begun) => void;
};

/** The form of a name and a password, and the other ways in below it. */
export function FirstStep({ creating, ended, onBegun }: Props) {
  const [name, setName] = useState("");
  const ways = useWays();
  const mail = ways?.mail;
  // An attempt whose answer was lost may be sent again: it opened the account.
  const attempt = useRef({ body: "", key: "" });
  const submit = useMutation({
    mutationFn: (form: FormData) => {
      const [username, password] = [trimmedField(form, "username"), field(form, "password")];
      if (!creating) return logIn(username, password);
      const body = { username, email: trimmedField(form, "email"), password };
      if (attempt.current.body !== JSON.stringify(body)) {
        attempt.current = { body: JSON.stringify(body), key: newKey() };
      }
      return withDeviceZone((timezone) =>
        data(
          api.POST("/api/auth/register", {
            params: { header: { "Idempotency-Key": attempt.current.key } },
            body: { ...body, timezone },
          }),
        ),
      );
    },
    onSuccess: (answer) => ("methods" in answer ? onBegun(answer) : enter(answer)),
  });
  return (
    <>
      <h1>{creating ? words.upTitle : words.inTitle}</h1>
      <CookieNotice />
      <GuestMinutes />
      {ended && <CallbackNotice code={ended} />}
      <Form error={submit.error} send={(form) => submit.mutateAsync(form)} key={String(creating)}>
        <Field
          label={creating ? words.username : words.identifier}
          hint={creating ? words.usernameHint : undefined}
          name="username"
          onChange={({ target }) => setName(target.value.trim())}
          autoComplete={ways?.passkeys && !creating ? "username webauthn" : "username"}
          autoCapitalize="none"
          spellCheck={false}
          required
          errors={fieldErrors(submit.error, "username")}
        />
        {creating && (
          <Field
            label={words.email}
            name="email"
            type="email"
            autoComplete="email"
            required
            errors={fieldErrors(submit.error, "email")}
          />
        )}
        <PasswordField
          label={words.password}
          hint={creating ? words.passwordHint : undefined}
          name="password"
          autoComplete={creating ? "new-password" : "current-password"}
          errors={fieldErrors(submit.error, "password")}
        />
        <ErrorNotice error={submit.error} at={["username", "email", "password"]} />
        <button type="submit" className="button big" disabled={submit.isPending}>
          {creating ? words.up : words.in}
        </button>
      </Form>
      {ways && hasOthers(ways) && <OtherWays ways={ways} creating={creating} />}
      <div className={creating || mail === false ? "ways" : "ways two"}>
        <Link to={creating ? "/sign-in" : "/sign-up"} onClick={() => submit.reset()}>
          {creating ? words.toIn : words.toUp}
        </Link>
        {mail && !creating && (
          <Link to="/forgot" state={name.includes("@") ? { email: name } : null}>
            {words.forgot}
          </Link>
        )}
      </div>
    </>
  );
}

/** A token, or what a second step goes on with. */
const logIn = (username: string, password: string): Promise<Schemas["TokenAnswer"] | Begun> =>
  data(api.POST("/api/auth/login", { body: { username, password } }));

/** In the minutes of an update an older process may answer, which names no providers. */
const hasOthers = ({ passkeys, providers = [] }: WaysIn) => passkeys || providers.length > 0;
