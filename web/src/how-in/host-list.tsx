import { useState, type ReactElement } from 'react'
import type { Story } from '../../../src/server/api.ts'
import { amend, useAddress } from '../address/use-address.ts'
import { Cites } from '../parts/cites.tsx'
import { counted } from '../text/figures.ts'
import { hostShape } from './host-shape.ts'

/** Hosts and accounts of the story with their status; a host narrows the steps. */
export function HostList(props: { readonly story: Story }): ReactElement {
  const { query } = useAddress()
  const { hosts, accounts } = props.story
  const [most, setMost] = useState(24)
  return (
    <div className="columns">
      <section>
        <h2>Hosts</h2>
        <ul className="plain-list">
          {hosts.slice(0, most).map((one) => (
            <li key={one.name}>
              <button
                type="button"
                className="plain mono"
                aria-pressed={query.host === one.name}
                onClick={() => amend({ host: query.host === one.name ? undefined : one.name })}
              >
                {one.name}
              </button>{' '}
              <span className="nowrap">
                <span aria-hidden="true">{hostShape[one.status]}</span> {one.status}
              </span>{' '}
              <Cites cites={one.cites} most={2} />
            </li>
          ))}
        </ul>
      </section>
      <section>
        <h2>Accounts used</h2>
        {accounts.length === 0 && <p className="soft">No account was named by the logs of this story.</p>}
        <ul className="plain-list">
          {accounts.slice(0, most).map((one) => (
            <li key={one.name}>
              <span className="mono">{one.name}</span>{' '}
              <span className="nowrap">
                <span aria-hidden="true">{hostShape[one.status]}</span> {one.status}
              </span>{' '}
              <Cites cites={one.cites} most={2} />
            </li>
          ))}
        </ul>
      </section>
      {Math.max(hosts.length, accounts.length) > most && (
        <p>
          <button type="button" onClick={() => setMost(Number.MAX_SAFE_INTEGER)}>
            Show all {counted(hosts.length, 'host')} and {counted(accounts.length, 'account')}
          </button>
        </p>
      )}
    </div>
  )
}
