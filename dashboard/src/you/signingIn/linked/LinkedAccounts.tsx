import { useMutation, useQuery } from "@tanstack/react-query";

import { isolated } from "../../../format";
import { useOnce } from "../../../parts/forms/useOnce";
import { ErrorNotice, QueryFallback } from "../../../parts/notices/Feedback";
import { identities, useWaysIn } from "../../../queries/ways";
import { text } from "../../../text";
import { ProviderIcon } from "../../../ways/others/icons";
import { leaveFor } from "../../../ways/others/leaving";
import { proven } from "../../../ways/proof/proof";
import { Group } from "../../rows/Group";
import { LinkedRow } from "./LinkedRow";
import { useFinishedLink } from "./useFinishedLink";

const words = text.ways.linked;

type Provider = { id: string; name: string };

/** The accounts elsewhere by which one signs in, of each service that is offered. */
export function LinkedAccounts({ providers }: { providers: Provider[] }) {
  const found = useQuery(identities);
  const waysIn = useWaysIn();
  const finish = useFinishedLink();
  return (
    <Group title={words.title} lead={words.lead}>
      {!found.data && <QueryFallback of={[found]} height={76} />}
      {found.data && (
        <ul className="keepings">
          {found.data.identities.map((linked) => (
            // With another way in it is not the last any more: what said so is forgotten.
            <LinkedRow key={`${linked.id} ${waysIn}`} linked={linked} />
          ))}
          {providers
            .filter(({ id }) => !found.data.identities.some((one) => one.provider === id))
            .map((provider) => (
              <ProviderRow key={provider.id} provider={provider} />
            ))}
        </ul>
      )}
      {finish.error && (
        <div className="setting">
          <div className="setting-error">
            <ErrorNotice error={finish.error} />
          </div>
        </div>
      )}
    </Group>
  );
}

/** A service whose account can be linked. */
function ProviderRow({ provider }: { provider: Provider }) {
  const link = useMutation({ mutationFn: () => proven(() => leaveFor(provider.id, "link")) });
  const linkOnce = useOnce(link.mutateAsync);
  return (
    <li>
      <ProviderIcon id={provider.id} />
      <div>
        <strong>
          <bdi>{provider.name}</bdi>
        </strong>
        <p className="soft">{words.not}</p>
      </div>
      <button
        type="button"
        className="button plain small"
        disabled={link.isPending || link.isSuccess}
        aria-label={words.linkOf(isolated(provider.name))}
        onClick={() => linkOnce()}
      >
        {words.link}
      </button>
      <ErrorNotice error={link.error} />
    </li>
  );
}
