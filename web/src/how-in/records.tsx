import { useCallback, useEffect, useRef, type ReactElement } from 'react'
import type { StoryEvents } from '../../../src/server/api.ts'
import { amend, useAddress } from '../address/use-address.ts'
import { casePath, read } from '../api/request.ts'
import { useAnswer } from '../api/use-answer.ts'
import { useCase } from '../frame/case-context.ts'
import { Cites } from '../parts/cites.tsx'
import { Instant } from '../parts/moment.tsx'
import { Row, Table } from '../parts/table.tsx'
import { Trouble } from '../parts/trouble.tsx'
import { instant } from '../text/times.ts'

/** The first records of the stretch of time that the URL names, each with the cite that opens it; nothing when it names none. */
export function Records(): ReactElement | null {
  const { query } = useAddress()
  const [from, to] = (query.records ?? '').split('/')
  if (from === undefined || from === '' || to === undefined) return null
  return <RecordList key={`${query.records} ${query.lane ?? ''}`} from={from} to={to} host={query.lane} />
}

function RecordList(props: { readonly from: string; readonly to: string; readonly host: string | undefined }): ReactElement {
  const { id } = useCase()
  const { from, to, host } = props
  const ask = useCallback(
    (signal?: AbortSignal) => {
      const query = new URLSearchParams({ from, to, ...(host === undefined ? {} : { host }) })
      return read<StoryEvents>(casePath(id, `story-events?${query.toString()}`), signal)
    },
    [id, from, to, host],
  )
  const { answer, failure, loading, reload } = useAnswer(ask)
  const box = useRef<HTMLElement>(null)
  useEffect(() => box.current?.focus(), [])
  const where = `${host ?? 'all logs'}, ${instant(from)} to ${instant(to)}`
  return (
    <section className="box records" ref={box} tabIndex={-1} aria-label={`Records of ${where}`}>
      <div className="controls">
        <h2>Records: {where}</h2>
        <button type="button" onClick={() => amend({ records: undefined, lane: undefined })}>
          Close the records
        </button>
      </div>
      {loading && answer === undefined && <p role="status">Reading the records ...</p>}
      {failure !== undefined && <Trouble failure={failure} onRetry={() => void reload()} />}
      {answer?.events.length === 0 && <p>No record has a time in it.</p>}
      {answer !== undefined && answer.events.length > 0 && (
        <Table
          caption={
            answer.more
              ? `The first ${answer.events.length}; choose less time, or one host, to see the others`
              : `${answer.events.length} in all`
          }
          columns={['Time (UTC)', 'Host', 'Source', 'Event', 'Account', { name: 'Program', width: 'wide' }, 'Record']}
        >
          {answer.events.map((one, n) => (
            <Row key={`${n} ${one.time}`}>
              <td className="nowrap">
                <Instant at={one.time} />
              </td>
              <td className="mono">{one.host}</td>
              <td>{one.source}</td>
              <td className="n">{one.eventId}</td>
              <td className="mono">{one.account}</td>
              <td className="mono">{one.process}</td>
              <td>
                <Cites cites={[one.cite]} />
              </td>
            </Row>
          ))}
        </Table>
      )}
    </section>
  )
}
