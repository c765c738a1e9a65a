import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import { beforeEach, expect, test } from "vitest";
import { Link, Redirect, Route, Router, Switch, useLocation, useSearchParams } from "wouter";

import { open, useEntry } from "./navigate";
import { PageLink } from "./PageLink";

beforeEach(() => window.history.replaceState(null, "", "/"));

function Bar() {
  const [path] = useLocation();
  const [search, setSearch] = useSearchParams();
  return (
    <>
      <output aria-label="at">{path}</output>
      <output aria-label="entry">{useEntry()}</output>
      <output aria-label="days">{search.get("days")}</output>
      <button onClick={() => setSearch({ days: "30" }, { replace: true })}>30 days</button>
    </>
  );
}

const show = () =>
  render(
    <Router aroundNav={open}>
      <Bar />
      <PageLink to="/you">You</PageLink>
      <PageLink to="/you/data">Data</PageLink>
      <PageLink to="/" isWhole>
        Today
      </PageLink>
      <Link to="/garden" state={{ from: "here" }}>
        Garden
      </Link>
      <Switch>
        <Route path="/old">
          <Redirect to="/garden" replace />
        </Route>
      </Switch>
    </Router>,
  );
const press = (name: string, how = {}) => fireEvent.click(screen.getByRole("link", { name }), how);
const told = (label: string) => screen.getByLabelText(label).textContent;
const openPages = () =>
  screen
    .getAllByRole("link")
    .filter((link) => link.getAttribute("aria-current") === "page")
    .map((link) => link.textContent);

test("a link says whether its page is the open one, or holds it", () => {
  show();
  expect(openPages()).toEqual(["Today"]);
  press("Data");
  expect(openPages()).toEqual(["You", "Data"]);
});

test("the open address makes no second entry, which Back would need twice", () => {
  show();
  press("Garden");
  const { length } = window.history;
  press("Garden");
  expect(window.history.length).toBe(length);
  expect(told("at")).toBe("/garden");
});

test("each entry of the history has its own name, which Back finds again", async () => {
  show();
  press("Garden");
  const first = told("entry");
  press("You");
  expect(told("entry")).not.toBe(first);
  window.history.back();
  await waitFor(() => expect(told("entry")).toBe(first));
  expect(window.history.state).toMatchObject({ from: "here" });
});

test("a filter takes the place of the entry, and a redirect too", async () => {
  show();
  press("Garden");
  const { length } = window.history;
  fireEvent.click(screen.getByRole("button"));
  expect(told("days")).toBe("30");
  expect(window.location.search).toBe("?days=30");
  expect(window.history.length).toBe(length);
  window.history.replaceState(null, "", "/old");
  await waitFor(() => expect(told("at")).toBe("/garden"));
  expect(window.history.length).toBe(length);
});

test.each([{ ctrlKey: true }, { metaKey: true }, { shiftKey: true }, { altKey: true }])(
  "a click with %o is the browser's",
  (how) => {
    show();
    press("Garden", how);
    expect(told("at")).toBe("/");
  },
);
