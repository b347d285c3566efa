import { useCallback, type ReactElement } from 'react'
import type { TrackedRequest } from '../../../src/server/api.ts'
import { casePath, read } from '../api/request.ts'
import { useAnswer } from '../api/use-answer.ts'
import { useCase } from '../frame/case-context.ts'
import { Instant } from '../parts/moment.tsx'
import { Row, Table } from '../parts/table.tsx'
import { RequestAct } from './request-act.tsx'
import { RequestForm } from './request-form.tsx'

/** What was asked of vendors, authorities and owners of logs, overdue ones first. */
export function Requests(): ReactElement | null {
  const { id, reload: reloadCase } = useCase()
  const { answer, failure, reload } = useAnswer(
    useCallback((signal) => read<{ requests: readonly TrackedRequest[] }>(casePath(id, 'requests'), signal), [id]),
  )
  if (failure !== undefined) return <p className="wrong">{failure.message}</p>
  if (answer === undefined) return null
  const { requests } = answer
  // Clocks and decisions change with it.
  const again = async (): Promise<void> => {
    await reload()
    await reloadCase()
  }
  const late = requests.filter(({ overdue }) => overdue).length
  return (
    <section aria-label="Asked of others">
      <h2>Asked of others</h2>
      {requests.length === 0 && <p className="soft">Nothing was asked of anybody yet.</p>}
      <RequestForm reload={again} />
      {requests.length > 0 && (
        <Table
          caption={`Requests (${requests.length}${late === 0 ? '' : `, ${late} overdue`})`}
          columns={['No.', 'To', { name: 'What', width: 'wide' }, 'State', 'Next']}
        >
          {requests.map((one) => (
            <Row key={one.number}>
              <td className="nowrap">
                <code>{one.number}</code>
              </td>
              <td>{one.to.name}</td>
              <td>
                <div className="written">{one.what.join('; ')}</div>
                {one.life.map((each) => (
                  <p key={each.decision} className="soft small">
                    {each.decision}: {each.text}
                  </p>
                ))}
              </td>
              <td>
                <strong>{one.state}</strong>
                {one.due !== undefined && one.state !== 'closed' && (
                  <p className={one.overdue ? 'wrong' : 'soft'}>
                    {one.overdue ? 'Overdue: was due' : 'Due'} <Instant at={one.due} />
                  </p>
                )}
              </td>
              <td>
                {one.next ?? ''}
                <RequestAct one={one} reload={again} />
              </td>
            </Row>
          ))}
        </Table>
      )}
    </section>
  )
}
