import type { ReactElement } from 'react'
import type { WatchedSubscriber } from '../../../src/server/api.ts'
import { Cites } from '../parts/cites.tsx'
import { counted } from '../text/figures.ts'

type TimelineDay = NonNullable<WatchedSubscriber['timeline']>[number]

const words: Readonly<Record<TimelineDay['explained'], string>> = {
  explained: 'recorded reason',
  'own-ticket': 'own ticket only',
  'ticket-afterwards': 'own ticket, opened after the read',
  none: 'no recorded reason',
}

const dayMs = 86_400_000
const [left, width, rowHeight] = [120, 330, 18]

/** Reads of one subscriber against the reasons for them: a strip for each account, then the same as a table whose cites open the records. */
export function Timeline(props: {
  readonly one: WatchedSubscriber
  readonly from: string
  readonly to: string
}): ReactElement | null {
  const days = props.one.timeline ?? []
  if (days.length === 0) return null
  return (
    <details>
      <summary>{counted(days.length, 'day')} of reading against reasons</summary>
      <Strip days={days} from={props.from} to={props.to} />
      <table>
        <caption className="aloud">Reads by day and account</caption>
        <thead>
          <tr>
            <th scope="col">Day</th>
            <th scope="col">Account</th>
            <th scope="col">Reason</th>
            <th scope="col">Records</th>
          </tr>
        </thead>
        <tbody>
          {days.map((day) => (
            <tr key={`${day.day} ${day.account}`}>
              <td className="nowrap">{day.day}</td>
              <td className="mono nowrap">{day.account}</td>
              <td>{words[day.explained]}</td>
              <td>
                <Cites cites={day.cites} most={1} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {props.one.timelineMore !== undefined && (
        <p className="soft">{counted(props.one.timelineMore, 'further day')} not listed.</p>
      )}
    </details>
  )
}

/** Filled = no reason, half = own ticket, open = recorded reason; never by colour alone. */
function Strip(props: { readonly days: readonly TimelineDay[]; readonly from: string; readonly to: string }): ReactElement {
  const first = Date.parse(props.from.slice(0, 10))
  const last = Math.max(first + dayMs, Date.parse(props.to.slice(0, 10)))
  const accounts = [...new Set(props.days.map((day) => day.account))].slice(0, 20)
  const height = accounts.length * rowHeight + 22
  const x = (day: string): number => left + ((Date.parse(day) - first) / (last - first)) * width
  return (
    <svg
      className="reads"
      viewBox={`0 0 ${left + width + 20} ${height}`}
      width={left + width + 20}
      style={{ maxWidth: '100%' }}
      role="img"
      aria-label={`Reads by ${counted(accounts.length, 'account')}; the table below says the same.`}
    >
      {accounts.map((account, row) => (
        <g key={account} transform={`translate(0 ${row * rowHeight + 12})`}>
          <text x={0} y={4} fontSize={11} fill="currentColor">
            {account.length > 18 ? `${account.slice(0, 17)}…` : account}
          </text>
          <line x1={left} x2={left + width} y1={0} y2={0} stroke="currentColor" opacity={0.2} />
          {props.days
            .filter((day) => day.account === account)
            .map((day) => (
              <circle
                key={day.day}
                cx={x(day.day)}
                cy={0}
                r={4.5}
                stroke="currentColor"
                fill={day.explained === 'explained' ? 'none' : 'currentColor'}
                fillOpacity={day.explained === 'none' ? 1 : 0.35}
              >
                <title>{`${day.day} ${day.account}: ${words[day.explained]}`}</title>
              </circle>
            ))}
        </g>
      ))}
      <text x={left} y={height - 3} fontSize={11} fill="currentColor">
        {props.from.slice(0, 10)}
      </text>
      <text x={left + width} y={height - 3} fontSize={11} fill="currentColor" textAnchor="end">
        {props.to.slice(0, 10)}
      </text>
    </svg>
  )
}
