export const picture = {
  title: "Your picture",
  lead: "Others see it beside your name on the boards.",
  choose: "Choose a picture",
  another: "Choose another",
  kinds: "JPEG, PNG or WebP. Where it was taken is not kept.",
  part: "The part that is shown",
  hint: "Drag it, or use the arrow keys and + and −.",
  zoom: "Zoom",
  save: "Save",
  remove: "Remove it",
  unreadable: "This file is no picture that this browser can read.",
};
