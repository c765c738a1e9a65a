import { useMutation } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { Link } from "react-router";

import { api, auth, data } from "../api/client";
import { newKey } from "../api/idempotencyKey";
import { Plant } from "../garden/Plant";
import { Field } from "../parts/forms/Field";
import { Form } from "../parts/forms/Form";
import { field, trimmedField } from "../parts/forms/formData";
import { PasswordField } from "../parts/forms/PasswordField";
import { Mark } from "../frame/Frame";
import { useTitle } from "../parts/title";
import { CookieNotice } from "../parts/notices/CookieNotice";
import { ErrorNotice, fieldErrors } from "../parts/notices/Feedback";
import { withDeviceZone } from "../parts/forms/withDeviceZone";
import { useMail } from "../queries/queries";
import { text } from "../text";
import "../styles/sign.css";

const words = text.sign;

export function SignIn({ creating = false }: { creating?: boolean }) {
  useTitle(`${creating ? words.up : words.in} · ${text.name}`);
  const [name, setName] = useState("");
  const mail = useMail(!creating);
  // An attempt whose answer was lost may be sent again: it opened the account.
  const attempt = useRef({ body: "", key: "" });
  const enter = useMutation({
    mutationFn: (form: FormData) => {
      const [username, password] = [trimmedField(form, "username"), field(form, "password")];
      if (!creating) return data(api.POST("/api/auth/login", { body: { username, password } }));
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
    onSuccess: (answer) => auth.accept(answer),
  });
  return (
    <main className="sign" id="main">
      <section className="welcome">
        <p className="brand">
          <Mark />
          {text.name}
        </p>
        <div className="trio">
          <Plant kind="Lavender" stage={4} label="" />
          <Plant kind="Sunflower" stage={5} label="" />
          <Plant kind="Rose" stage={3} label="" />
        </div>
        <p className="lead">{words.lead}</p>
      </section>
      <section className="card">
        <h1>{creating ? words.upTitle : words.inTitle}</h1>
        <CookieNotice />
        <Form error={enter.error} send={(form) => enter.mutateAsync(form)} key={String(creating)}>
          <Field
            label={creating ? words.username : words.identifier}
            hint={creating ? words.usernameHint : undefined}
            name="username"
            onChange={({ target }) => setName(target.value.trim())}
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            required
            errors={fieldErrors(enter.error, "username")}
          />
          {creating && (
            <Field
              label={words.email}
              name="email"
              type="email"
              autoComplete="email"
              required
              errors={fieldErrors(enter.error, "email")}
            />
          )}
          <PasswordField
            label={words.password}
            hint={creating ? words.passwordHint : undefined}
            name="password"
            autoComplete={creating ? "new-password" : "current-password"}
            errors={fieldErrors(enter.error, "password")}
          />
          <ErrorNotice error={enter.error} at={["username", "email", "password"]} />
          <button type="submit" className="button big" disabled={enter.isPending}>
            {creating ? words.up : words.in}
          </button>
        </Form>
        <div className={creating || mail === false ? "ways" : "ways two"}>
          <Link to={creating ? "/" : "/sign-up"} onClick={() => enter.reset()}>
            {creating ? words.toIn : words.toUp}
          </Link>
          {mail && (
            <Link to="/forgot" state={name.includes("@") ? { email: name } : null}>
              {words.forgot}
            </Link>
          )}
        </div>
      </section>
    </main>
  );
}
