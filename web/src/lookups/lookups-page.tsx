import type { ReactElement } from 'react'
import { useCase } from '../frame/case-context.ts'
import { pageState } from '../frame/page-state.ts'
import { SaidList } from '../parts/cites.tsx'
import { Empty } from '../parts/empty.tsx'
import { FilterBox } from '../parts/filter-box.tsx'
import { Instant } from '../parts/moment.tsx'
import { PageHead } from '../parts/page-head.tsx'
import { findingOf } from '../people/finding-of.ts'
import { Findings } from '../people/findings.tsx'
import { counted, figure } from '../text/figures.ts'
import { AccountTable, BulkTable } from './account-tables.tsx'
import { BlindSources } from './blind-sources.tsx'
import { BusyTable } from './busy-table.tsx'
import { DecoyTable } from './decoy-table.tsx'
import { LeftBehindList } from './left-behind-list.tsx'
import { leftAlone } from './rests-on-left.ts'
import { TogetherList } from './together-list.tsx'
import { UnjustifiedTable } from './unjustified-table.tsx'
import { WatchedTable } from './watched-table.tsx'
import { WhatTestsSay } from './what-tests-say.tsx'

/** Who read whose records: subscribers read without a recorded reason, the accounts used, bulk reads, blind sources. */
export function LookupsPage(): ReactElement {
  const { view } = useCase()
  const review = view.lookups
  const head = (
    <PageHead title="Who read whose records?" state={pageState('lookups', view)}>
      Accounts stand as pseudonyms and subscribers are masked. An account is a login; who sat behind it is not established here,
      and logins are given out for a personnel purpose alone.
    </PageHead>
  )
  if (review === undefined)
    return (
      <>
        {head}
        <Empty what="No audit logs were handed over.">
          Add PostgreSQL logs with pgAudit or a CSV of accesses to see who read whose records, and a CSV of explanations (tickets,
          calls, assignments) so that honest reads explain themselves.
        </Empty>
        <Findings kinds={['lookup']} />
      </>
    )
  const alone = leftAlone(review)
  if (alone !== undefined)
    return (
      <>
        {head}
        <p>No audit logs were handed over: nothing is said about reads of records but what was left behind.</p>
        <LeftBehindList left={alone} />
        <Findings kinds={['lookup']} title="Findings on record access" />
      </>
    )
  const inline = new Set(review.watched.flatMap((one) => findingOf(view, 'lookup', [`subscriber:${one.subscriber}`])?.id ?? []))
  return (
    <>
      {head}
      <p>
        {counted(review.accesses, 'access', 'accesses')} to records of {counted(review.subscribers, 'subscriber')} from{' '}
        <Instant at={review.from} /> to <Instant at={review.to} />; {figure(review.tested)} tested, false discoveries held to{' '}
        {(review.q * 100).toFixed(0)} % (Benjamini-Hochberg).
      </p>
      {review.releasedBy !== undefined && (
        <p className="soft">Shown is what {review.releasedBy} released; rows open where a released finding cites them.</p>
      )}
      <DecoyTable decoys={review.decoys ?? []} />
      <BlindSources sources={review.notRecorded} />
      <FilterBox what="subscribers and accounts" />
      <h2>Read covertly</h2>
      <WatchedTable watched={review.watched} from={review.from} to={review.to} />
      <AccountTable accounts={review.accounts} />
      <TogetherList lists={review.together ?? []} />
      {review.leftBehind !== undefined && <LeftBehindList left={review.leftBehind} />}
      <h2>Read in bulk</h2>
      <BulkTable bulk={review.bulk} />
      <BusyTable days={review.busyDays ?? []} />
      <h2>Read without justification</h2>
      <UnjustifiedTable rows={review.unjustified ?? []} />
      <WhatTestsSay review={review} />
      <SaidList sentences={review.notes} soft />
      <Findings kinds={['lookup']} except={inline} title="Further findings on record access" />
    </>
  )
}
