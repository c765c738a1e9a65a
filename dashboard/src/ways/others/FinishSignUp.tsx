import { useMutation, useQuery } from "@tanstack/react-query";

import { api, data, type Schemas } from "../../api/client";
import { isolated } from "../../format";
import { Field } from "../../parts/forms/Field";
import { Form } from "../../parts/forms/Form";
import { trimmedField } from "../../parts/forms/formData";
import { withDeviceZone } from "../../parts/forms/withDeviceZone";
import { ErrorNotice, fieldErrors, QueryFallback } from "../../parts/notices/Feedback";
import { text } from "../../text";
import { enter } from "../entering";
import { isOver, Over } from "../Over";
import { BackToSignIn } from "./BackToSignIn";

const words = text.ways.signIn;

/** The last step of a newcomer whom another service has vouched for: a name. */
export default function FinishSignUp() {
  const waiting = useQuery({
    queryKey: ["waiting"],
    queryFn: () => data(api.GET("/api/auth/oauth/finish")),
    // Of this browser's cookie, which another visit to the other service replaces.
    gcTime: 0,
  });
  return (
    <>
      <h1>{words.finishTitle}</h1>
      {isOver(waiting.error) && <Over words={words.finishEnded} />}
      {!waiting.data && !isOver(waiting.error) && <QueryFallback of={[waiting]} height={160} />}
      {waiting.data && <NameForm waiting={waiting.data} />}
      <BackToSignIn />
    </>
  );
}

function NameForm({ waiting }: { waiting: Schemas["Waiting"] }) {
  const finish = useMutation({
    mutationFn: (username: string) =>
      withDeviceZone((timezone) =>
        data(api.POST("/api/auth/oauth/finish", { body: { username, timezone } })),
      ),
    onSuccess: (answer) => "user" in answer && enter(answer),
  });
  if (isOver(finish.error)) return <Over words={words.finishEnded} />;
  const who = isolated(waiting.email || waiting.name);
  return (
    <>
      <p className="soft">{words.finishLead(isolated(waiting.name), who)}</p>
      <Form
        error={finish.error}
        send={(form) => finish.mutateAsync(trimmedField(form, "username"))}
      >
        <Field
          label={text.sign.username}
          hint={text.sign.usernameHint}
          name="username"
          defaultValue={waiting.username}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          required
          autoFocus
          errors={fieldErrors(finish.error, "username")}
        />
        <ErrorNotice error={finish.error} at={["username"]} />
        <button type="submit" className="button big" disabled={finish.isPending}>
          {text.sign.up}
        </button>
      </Form>
    </>
  );
}
