import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";

import { ApiError } from "../../api/errors";
import { Field } from "./Field";
import { Form } from "./Form";
import { fieldErrors } from "../notices/Feedback";

const refused = new ApiError(422, "VALIDATION_ERROR", "Some fields are invalid.", {
  email: ["Not an e-mail."],
  password: ["Too short."],
});

function Example({ error, send }: { error: Error | null; send: () => Promise<void> }) {
  return (
    <Form error={error} send={send}>
      <Field label="Name" name="name" required errors={fieldErrors(error, "name")} />
      <Field label="E-mail" name="email" type="email" errors={fieldErrors(error, "email")} />
      <Field label="Password" name="password" errors={fieldErrors(error, "password")} />
      <button type="submit">Send</button>
    </Form>
  );
}

test("all errors are shown at once, and the first invalid field has the focus", () => {
  const { rerender } = render(<Example error={null} send={async () => undefined} />);
  rerender(<Example error={refused} send={async () => undefined} />);
  expect(screen.getByText("Not an e-mail.")).toBeTruthy();
  expect(screen.getByText("Too short.")).toBeTruthy();
  expect(document.activeElement).toBe(screen.getByLabelText("E-mail"));
});

test("the browser's own rules stop nothing", async () => {
  const send = vi.fn(async () => undefined);
  render(<Example error={null} send={send} />);
  await userEvent.click(screen.getByRole("button", { name: "Send" }));
  expect(send).toHaveBeenCalledOnce();
});

test("a double submit is sent once, and another one after its answer", async () => {
  const answers: (() => void)[] = [];
  const send = vi.fn(() => new Promise<void>((resolve) => void answers.push(resolve)));
  render(<Example error={null} send={send} />);
  const button = screen.getByRole("button", { name: "Send" });
  await userEvent.dblClick(button);
  expect(send).toHaveBeenCalledOnce();
  answers[0]?.();
  await vi.waitFor(async () => {
    await userEvent.click(button);
    expect(send).toHaveBeenCalledTimes(2);
  });
});
