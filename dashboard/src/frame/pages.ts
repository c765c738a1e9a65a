/** The pages of the navigation, in the order of the keys 1 to 7. */

/** What one does every day: the bar of a phone has these. */
export const DAILY = [
  ["/", "today", "M12 7v5l3 2M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18Z"],
  [
    "/history",
    "history",
    "M7 3v4m10-4v4M4 10h16M6 5h12a2 2 0 0 1 2 2v11a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2V7a2 2 0 0 1 2-2Z",
  ],
  ["/garden", "garden", "M12 21v-9m0 3c-4 0-6-2-6-6 4 0 6 2 6 6Zm0-2c4 0 6-3 6-6-4 0-6 2-6 6Z"],
  ["/insight", "insight", "M5 20v-6m5 6V8m5 12v-9m5 9V5"],
  [
    "/boards",
    "boards",
    "M8 4h8v5a4 4 0 0 1-8 0V4Zm4 9v4m-4 3h8M8 6H4c0 3 2 5 4 5m8-5h4c0 3-2 5-4 5",
  ],
] as const;

/** One's own things: a phone has these at the top. */
export const OWN = [
  ["/you", "you", "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8Zm-8 8c1-4 4-6 8-6s7 2 8 6"],
  [
    "/settings",
    "settings",
    "M4 7h8m6 0h2M4 17h2m6 0h8M15 4.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5Zm-6 10a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5Z",
  ],
] as const;
