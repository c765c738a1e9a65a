/** The state of a change that a row sends by itself, as the row tells it. */
export type Saving = {
  /** The moment of a change that has been saved: each is told anew. */
  saved: number | null;
  error: Error | null;
  again: () => void;
};

type Mutation<Change> = {
  isSuccess: boolean;
  submittedAt: number;
  error: Error | null;
  variables: Change | undefined;
  mutate: (change: Change) => void;
};

export function savingOf<Change>(change: Mutation<Change>): Saving {
  return {
    saved: change.isSuccess ? change.submittedAt : null,
    error: change.error,
    again: () => {
      if (change.variables !== undefined) change.mutate(change.variables);
    },
  };
}
