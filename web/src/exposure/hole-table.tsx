import { useState, type ReactElement } from 'react'
import type { ExposureView } from '../../../src/server/api.ts'
import { Instant } from '../parts/moment.tsx'
import { Status } from '../parts/status.tsx'
import { Row, Table } from '../parts/table.tsx'
import { counted, figure } from '../text/figures.ts'

type Exposure = NonNullable<ExposureView['exposure']>
type Hole = Exposure['open'][number]

const first = 50

/** Holes that stand open or have to be checked, ranked, each with what ranks it and what each source says. */
export function HoleTable({ exposure }: { readonly exposure: Exposure }): ReactElement {
  const [shown, setShown] = useState(first)
  const { open, at, found, sources = [], products, advisories } = exposure
  const sure = open.filter(({ status }) => status === 'affected').length
  const total = found?.open ?? open.length
  return (
    <>
      <p>
        {counted(sure, 'hole stands open', 'holes stand open')}, {figure(total - sure)} to check
        {found !== undefined && `, ${figure(found.excluded)} ruled out by version`}
        {products !== undefined &&
          advisories !== undefined &&
          `; ${counted(products, 'product')} compared with ${counted(advisories, 'entry', 'entries')}`}
        {sources.length > 0 &&
          ` of ${sources.map(({ name, date }) => `${name}${date === undefined ? '' : ` (${date})`}`).join(', ')}`}
        {at !== undefined && (
          <>
            , held together <Instant at={at} />
          </>
        )}
        .
      </p>
      {open.length > 0 && (
        <Table
          caption="Ranked: stands open before to be checked, then exploited, reachable from outside and on a way to personal data"
          columns={[
            'No.',
            { name: 'Hole', width: 'wide' },
            { name: 'Where', width: 'wide' },
            { name: 'Why it stands here', width: 'widest' },
          ]}
          className="holes"
        >
          {open.slice(0, shown).map((one, n) => (
            <HoleRow key={`${one.cve} ${one.product}`} one={one} n={n + 1} />
          ))}
        </Table>
      )}
      {open.length > shown && (
        <button type="button" onClick={() => setShown(shown + 200)}>
          Show more of {figure(open.length)}
        </button>
      )}
      {total > open.length && (
        <p className="soft">
          {figure(total - open.length)} more with <code>breachline exposure --all</code>.
        </p>
      )}
    </>
  )
}

function HoleRow({ one, n }: { readonly one: Hole; readonly n: number }): ReactElement {
  const { status, cve, title, name, version, system, host, holder, exploited, ransomware, due, exposedBy, path, data } = one
  return (
    <Row>
      <td className="n">{n}</td>
      <td>
        <code>{cve}</code>
        {title !== cve && <div>{title}</div>}
        <Status status={status === 'affected' ? 'no' : 'unknown'} word={status === 'affected' ? 'stands open' : 'to check'} />
        {due !== undefined && <p className="soft small">to be done by {due}</p>}
      </td>
      <td>
        {name} {version}
        <p className="soft small">
          {[system, host, holder === undefined ? undefined : `run by ${holder}`].filter((text) => text !== undefined).join(', ')}
        </p>
      </td>
      <td>
        <ul className="said">
          <li>{exploited ? `exploited in attacks${ransomware ? ', by ransomware too' : ''}` : 'not stated to be exploited'}</li>
          <li>
            {exposedBy.length === 0
              ? 'not stated to be reachable from outside'
              : `reachable from outside: ${exposedBy.slice(0, 3).join(', ')}`}
          </li>
          <li>{path.length === 0 ? 'no way to personal data is stated' : `leads to ${data.join(', ')}: ${path.join(' > ')}`}</li>
        </ul>
        <details>
          <summary>{counted(one.grounds.length, 'source')}</summary>
          <ul className="said">
            {one.grounds.map((ground) => (
              <li key={`${ground.source.name} ${ground.entry}`}>
                {ground.source.name}, entry {ground.entry}: {ground.why} (matched by {ground.basis})
              </li>
            ))}
            {one.actions.map((action) => (
              <li key={action}>To do: {action}</li>
            ))}
          </ul>
        </details>
      </td>
    </Row>
  )
}
