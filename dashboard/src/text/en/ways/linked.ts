export const linked = {
  title: "Linked accounts",
  lead: "Sign in by an account that you have elsewhere. We learn who you are there, and nothing else.",
  as: (address: string) => `Linked as ${address}`,
  isLinked: "Linked",
  not: "Not linked",
  link: "Link",
  unlink: "Unlink",
  linkOf: (name: string) => `Link ${name}`,
  unlinkOf: (name: string) => `Unlink ${name}`,
  unlinkTitle: (name: string) => `Unlink ${name}?`,
  unlinkText: "It no longer signs you in here. Your account there stays as it is.",
  done: "Your accounts are linked.",
};
