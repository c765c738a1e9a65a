import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { fireEvent, render, screen } from "@testing-library/react";
import { expect, test } from "vitest";

import type { Chosen } from "./chosen";
import { tableOf } from "./csv";
import { Report } from "./Report";
import type { Import } from "../queries/imports";

const FILE = "date,minutes\n25/11/2026,25\n11/25/2026,25\n03/04/2026,25\n";
const chosen = { text: FILE, table: tableOf(FILE), file: new File([FILE], "past.csv") } as Chosen;

const figures = (line: number) => ({
  accepted: 2,
  duplicates: 0,
  rejected_count: 1,
  rejected: [{ line, reason: "date" as const }],
  first_date: "2026-03-04",
  last_date: "2026-11-25",
  minutes: 50,
});
const readings = { day_first: figures(3), month_first: figures(2) };
const report = {
  ...readings.day_first,
  fault: null,
  rows: 3,
  skipped: 0,
  labels: [],
  shortened: 0,
  ignored_columns: [],
  ambiguous_dates: true,
  readings,
};
const shown = { id: "1", source: "generic", zone: "UTC", report } as unknown as Import;

/** Caught: of dates read month first the report counted what it refused, and named no line. */
test.each([
  [/^The day/, "11/25/2026,25"],
  [/^The month/, "25/11/2026,25"],
])("a file read as %s names the lines that are not taken", (order, line) => {
  render(
    <QueryClientProvider client={new QueryClient()}>
      <Report shown={shown} report={report} chosen={chosen} />
    </QueryClientProvider>,
  );
  // Before anything is chosen nobody knows which lines they are.
  expect(screen.queryByText(/2026,25/)).toBeNull();
  fireEvent.click(screen.getByRole("radio", { name: order }));
  expect(screen.getByText(line)).toBeTruthy();
  expect(screen.getAllByText(/2026,25/)).toHaveLength(1);
});
