/** The mark that says whether changes of other devices are seen at once. */
export const live = {
  live: "Live",
  notLive: "Not live",
  everywhere: "Live on all your devices.",
  polling: "Changes on your other devices are fetched every half minute.",
  why: {
    unreachable: "The live connection cannot be reached; we keep trying.",
    restarting: "The service starts again; it will be live in a moment.",
    busy: "The service is very busy; we try again in a while.",
    replaced: "Many pages of yours are open; this one is live again when you come back to it.",
  },
};
