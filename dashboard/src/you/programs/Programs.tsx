import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import type { Schemas } from "../../api/client";
import { QueryFallback } from "../../parts/notices/Feedback";
import { apiTokens } from "../../queries/ways";
import { text } from "../../text";
import { Group } from "../rows/Group";
import { SectionHead } from "../SectionHead";
import { Made } from "./Made";
import { NewToken } from "./NewToken";
import { TokenRow } from "./TokenRow";
import "../../styles/you/ways.css";

const words = text.ways.programs;

/** The tokens by which programs of one's own use the account. */
export default function Programs({ user }: { user: Schemas["User"] }) {
  const found = useQuery(apiTokens);
  const [isMaking, setMaking] = useState(false);
  const [made, setMade] = useState<string | null>(null);
  const all = found.data?.api_tokens ?? [];
  return (
    <>
      <SectionHead title={text.settings.names.programs} lead={words.lead} />
      {made !== null && <Made token={made} onDone={() => setMade(null)} />}
      {isMaking && (
        <NewToken
          onCancel={() => setMaking(false)}
          onMade={(token) => {
            setMaking(false);
            setMade(token);
          }}
        />
      )}
      <Group
        title={words.tokens}
        foot={
          <a href="/docs" target="_blank" rel="noreferrer">
            {words.docs}
          </a>
        }
      >
        {!found.data && <QueryFallback of={[found]} height={120} />}
        {found.data && all.length === 0 && (
          <div className="keepings-none">
            <strong>{words.none}</strong>
            <p className="soft">{words.noneText}</p>
          </div>
        )}
        {all.length > 0 && (
          <ul className="keepings">
            {all.map((token) => (
              <TokenRow key={token.id} token={token} zone={user.timezone} />
            ))}
          </ul>
        )}
        {found.data && !isMaking && (
          <div className="setting" data-tall>
            <div>
              <button type="button" className="button plain small" onClick={() => setMaking(true)}>
                {words.make}
              </button>
            </div>
          </div>
        )}
      </Group>
    </>
  );
}
