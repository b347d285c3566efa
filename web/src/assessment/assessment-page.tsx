import type { ReactElement } from 'react'
import type { AssessedAssertion, AssessmentStatus, Finding } from '../../../src/server/api.ts'
import { amend, useAddress } from '../address/use-address.ts'
import { useCase } from '../frame/case-context.ts'
import { pageState } from '../frame/page-state.ts'
import { Choice } from '../parts/choice.tsx'
import { Empty } from '../parts/empty.tsx'
import { FilterBox, fits } from '../parts/filter-box.tsx'
import { SaidList } from '../parts/cites.tsx'
import { PageHead } from '../parts/page-head.tsx'
import { findingOf } from '../people/finding-of.ts'
import { Findings } from '../people/findings.tsx'
import { figure } from '../text/figures.ts'
import { AssertionTable, type RuledAssertion } from './assertion-table.tsx'
import { partFinding, PartTable } from './part-table.tsx'

const groups: readonly {
  readonly title: string
  readonly none?: string
  readonly of: readonly (Finding['status'] | 'none')[]
}[] = [
  {
    title: 'Adopted by a named person',
    none: 'Nothing is adopted yet. Reports, notices and statements use adopted answers only.',
    of: ['adopted'],
  },
  { title: 'Proposed by the machine', of: ['proposed', 'none'] },
  { title: 'Parked or rejected', of: ['parked', 'rejected'] },
]

/** Where do we stand: one row per assertion, adopted and proposed apart. */
export function AssessmentPage(): ReactElement {
  const { view } = useCase()
  const { query } = useAddress()
  const { assertions, counts, threads = [], mismatches = [] } = view.assessment
  const rows = assertions.map((assertion) => ({ assertion, finding: rulingOf(view.findings, assertion) }))
  const shown = rows.filter(
    ({ assertion }) =>
      (query.status === undefined || query.status === assertion.status) &&
      fits(query.q, assertion.words, assertion.assertion, assertion.ground.text, assertion.by),
  )
  const parts = threads.flatMap((thread) => thread.parts).flatMap((part) => partFinding(view.findings, part)?.id ?? [])
  const shownInline = new Set([...parts, ...rows.flatMap(({ finding }) => (finding === undefined ? [] : [finding.id]))])
  return (
    <>
      <PageHead title="Assessment" state={pageState('assessment', view)}>
        Every assertion of the claim, weighed against everything found. Open is a normal answer.
      </PageHead>
      {assertions.length === 0 ? (
        <Empty what="There is nothing to assess: no claim was handed over.">
          Add the posts as text, HTML or a Telegram export (result.json): each sentence that asserts something becomes a row here.
        </Empty>
      ) : (
        <>
          {threads.map((thread) => (
            <PartTable key={thread.thread} thread={thread} />
          ))}
          {mismatches.length > 0 && (
            <section>
              <h2>Handed over, and does not fit</h2>
              <p className="soft">Logs, servers and data set against claim and sample. Why they do not fit is not said.</p>
              <SaidList sentences={mismatches} />
            </section>
          )}
          <h2>Sentence by sentence</h2>
          <div className="controls">
            <Choice
              label="Status"
              value={query.status ?? ''}
              onChoose={(status) => amend({ status })}
              options={[
                { value: '', text: `All ${figure(assertions.length)}` },
                ...(['supported', 'contradicted', 'open'] as const).map((status: AssessmentStatus) => ({
                  value: status,
                  text: `${shape[status]} ${figure(counts[status])} ${status}`,
                })),
              ]}
            />
            <FilterBox what="assertions" />
          </div>
          {shown.length === 0 && <p className="soft">No assertion fits the filter.</p>}
          {groups.map(({ title, none, of }) => (
            <Group
              key={title}
              title={title}
              none={none}
              rows={shown.filter(({ finding }) => of.includes(finding?.status ?? 'none'))}
            />
          ))}
        </>
      )}
      <Findings kinds={['assessment']} except={shownInline} title="Further findings of the assessment" />
    </>
  )
}

const shape: Readonly<Record<AssessmentStatus, string>> = { supported: '●', contradicted: '✕', open: '○' }

function Group(props: {
  readonly title: string
  readonly none: string | undefined
  readonly rows: readonly RuledAssertion[]
}): ReactElement | null {
  if (props.rows.length > 0) return <AssertionTable caption={`${props.title} (${props.rows.length})`} rows={props.rows} />
  return props.none === undefined ? null : <p className="soft">{props.none}</p>
}

function rulingOf(findings: readonly Finding[], one: AssessedAssertion): Finding | undefined {
  return findingOf({ findings }, 'assessment', [one.id, `assertion:${one.id}`, `assertion:${one.assertion}`])
}
