import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";

import { ApiError } from "../api/errors";
import { Field } from "./Field";
import { Form } from "./Form";
import { wrongOf } from "./Said";

const refused = new ApiError(422, "VALIDATION_ERROR", "Some fields are invalid.", {
  email: ["Not an e-mail."],
  password: ["Too short."],
});

function Example({ error, send }: { error: Error | null; send: () => void }) {
  return (
    <Form error={error} send={send}>
      <Field label="Name" name="name" required wrong={wrongOf(error, "name")} />
      <Field label="E-mail" name="email" type="email" wrong={wrongOf(error, "email")} />
      <Field label="Password" name="password" wrong={wrongOf(error, "password")} />
      <button type="submit">Send</button>
    </Form>
  );
}

test("all that is wrong is told at once, and the first of it is where one types on", () => {
  const { rerender } = render(<Example error={null} send={() => undefined} />);
  rerender(<Example error={refused} send={() => undefined} />);
  expect(screen.getByText("Not an e-mail.")).toBeTruthy();
  expect(screen.getByText("Too short.")).toBeTruthy();
  expect(document.activeElement).toBe(screen.getByLabelText("E-mail"));
});

test("the browser's own rules stop nothing", async () => {
  const send = vi.fn();
  render(<Example error={null} send={send} />);
  await userEvent.click(screen.getByRole("button", { name: "Send" }));
  expect(send).toHaveBeenCalledOnce();
});
