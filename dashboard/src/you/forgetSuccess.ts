/** Take the message of a success back as soon as the form is edited again. */
export const forgetSuccess = (mutation: { isSuccess: boolean; reset: () => void }) => () => {
  if (mutation.isSuccess) mutation.reset();
};
