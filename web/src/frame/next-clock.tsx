import type { ReactElement } from 'react'
import type { Duty } from '../../../src/server/api.ts'
import { PageLink } from '../address/page-link.tsx'
import { counted } from '../text/figures.ts'
import { epoch, localText, spanText } from '../text/times.ts'
import { useCase } from './case-context.ts'
import { useClock } from './use-clock.ts'

/** The running clock that ends next, counting down; overdue ones are said beside it. */
export function NextClock(): ReactElement {
  const { id, view } = useCase()
  const now = useClock()
  const dated = view.due.duties.filter(
    (one): one is Duty & { due: string } => one.due !== undefined && one.status !== 'done' && one.notNotified === undefined,
  )
  const late = dated.filter((one) => epoch(one.due) <= now)
  const next = dated.filter((one) => epoch(one.due) > now).toSorted((a, b) => epoch(a.due) - epoch(b.due))[0]
  const last = late.toSorted((a, b) => epoch(b.due) - epoch(a.due))[0]
  return (
    <div className="next-clock">
      <PageLink to={{ caseId: id, page: 'due', query: {} }}>
        {next === undefined ? (
          <>
            <b>{late.length > 0 ? `${counted(late.length, 'clock')} over` : 'No clock runs'}</b>
            {last !== undefined && (
              <span className="small">
                last {spanText(now - epoch(last.due))} ago: {last.step}, {last.recipient}
              </span>
            )}
          </>
        ) : (
          <>
            <b>{spanText(epoch(next.due) - now)} left</b>
            <span className="small">
              {next.step}, {next.recipient}
            </span>
          </>
        )}
      </PageLink>
      <p className="soft small">
        {next !== undefined && localText(next.due, view.case.zone)}
        {next?.start?.provisional === true && ', provisional'}
        {view.due.asked.length > 0 && <> · {counted(view.due.asked.length, 'question')} asked</>}
        {next !== undefined && late.length > 0 && <> · {counted(late.length, 'clock')} over</>}
      </p>
    </div>
  )
}
