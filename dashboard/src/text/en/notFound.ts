export const notFound = { title: "Nothing grows here", back: "Back to your focus" };
