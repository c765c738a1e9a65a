import { render } from "@testing-library/react";
import { expect, test } from "vitest";

import { useProgressIcon } from "./favicon";

function Tab({ share }: { share: number }) {
  useProgressIcon(share);
  return null;
}

test("the icon of the tab shows the ring, in the same element, and is itself again after it", () => {
  document.head.innerHTML = '<link rel="icon" type="image/svg+xml" href="/icon.svg">';
  const link = document.querySelector("link")!;
  const hrefs: string[] = [];
  const drawn = () => {
    const href = link.getAttribute("href")!;
    if (hrefs.at(-1) !== href) hrefs.push(href);
  };
  const { rerender, unmount } = render(<Tab share={0} />);
  for (let second = 0; second <= 1500; second += 5) {
    rerender(<Tab share={second / 1500} />);
    drawn();
  }
  // Drawn anew where that is seen, and not each second.
  expect(hrefs).toHaveLength(49);
  expect(hrefs.every((href) => href.startsWith("data:image/svg+xml,%3Csvg"))).toBe(true);
  expect(document.querySelector("link")).toBe(link);
  unmount();
  expect(link.getAttribute("href")).toBe("/icon.svg");
  document.head.innerHTML = "";
});
