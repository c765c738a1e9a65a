/** The single keys, and what each does. */
export const keys = {
  title: "Keys",
  list: "This list",
  startOrEnd: "Start a session, or end it",
  endBreak: "End the break",
  hint: "They do nothing while you write. You can switch them off in the settings.",
};
