export const links = {
  again: "Send again",
  sent: "Sent. It may take a few minutes; look among the spam too. You can have five an hour.",
  oldTitle: "This link no longer works",
  missingTitle: "Something is missing here",
  missing:
    "This page is opened by the link in a mail. If you copied it, copy all of it, also what stands after the #.",
  banner: {
    label: "Confirm your address",
    ask: (address: string) =>
      `Confirm ${address} by the link in our mail, to get back in if you forget your password.`,
    putAway: "Not today",
  },
  forgot: {
    title: "Forgot your password?",
    lead: "Tell us the e-mail address of your account. We send a link there that sets a new password.",
    send: "Send the link",
    sentTitle: "Look into your mail",
    sent: (address: string) => `If ${address} belongs to an account, a link is on its way there.`,
    hints: [
      "The link works once, and for one hour.",
      "It may take a few minutes; look among the spam too.",
      "Nothing there? Check the address for a typo. You can ask three times an hour.",
    ],
    again: "Ask again",
    back: "Back to sign in",
    offTitle: "No mail from here",
    off: "This service sends no mail, so it cannot send you a link. Whoever runs it can set a new password for you.",
  },
  reset: {
    title: "Set a new password",
    lead: "It takes the place of the old one, and signs you out on every device.",
    send: "Set the password",
    doneTitle: "Your new password is set",
    done: "Every device was signed out, this one too. Sign in with the new password.",
    maybeTitle: "Try your new password",
    maybe:
      "The answer to your first try was lost, and the link is used up: the new password is most likely set, and every device signed out.",
    why: "A link for a new password works once, for one hour, and until you ask for a newer one or change the password or the address.",
    another: "Ask for another link",
  },
  verify: {
    title: "Confirm your address",
    lead: "One more click, and we know that this address is yours.",
    send: "Confirm this address",
    doneTitle: "Confirmed",
    done: (address: string) => `${address} is the confirmed address of your account.`,
    alreadyTitle: "Nothing left to do",
    already: (address: string) => `${address}, the address of your account, is confirmed.`,
    why: "A link that confirms an address works once, for a day, and until a newer one is sent or the address changes.",
    maybe:
      "The answer to your first try was lost, and the link is used up: the address is most likely confirmed.",
    signInFirst: "Sign in to see whether your address is confirmed, and to get another link.",
    another: "Send another link",
    takenTitle: "This address is taken",
    taken:
      "Another account has it by now, so yours keeps the address that it had. You can choose another one on your page.",
    toYou: "Choose another address",
    on: "Go to FocusGuard",
  },
  unsubscribe: {
    title: "Stop the weekly report?",
    lead: "It is the mail that tells you about your week of focus, on Mondays.",
    send: "Stop the weekly report",
    doneTitle: "The weekly report is stopped",
    done: "You get no more of it.",
    stays:
      "Mails that keep your account safe still come: a new password, a new address, a sign-in from a new place.",
    back: "Switch it on again",
    why: "A part of it is missing, or its account is gone. The switch of the report is on your page too.",
    toSwitch: "To the switch",
  },
};
