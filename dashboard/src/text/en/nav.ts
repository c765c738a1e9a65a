export const nav = {
  label: "Main",
  own: "Your own",
  today: "Today",
  history: "History",
  garden: "Garden",
  insight: "Insight",
  boards: "Boards",
  you: "You",
  settings: "Settings",
  /** What index.html says where no script comes. */
  late: "This takes long. Reload the page when you have a connection.",
  noScript: "FocusGuard needs JavaScript. The API is described at",
  skip: "Skip to the content",
};
