import { useEffect, type ReactElement } from 'react'
import type { CaseList } from '../../../src/server/api.ts'
import { PageLink } from '../address/page-link.tsx'
import { go } from '../address/use-address.ts'
import { read } from '../api/request.ts'
import { useAnswer } from '../api/use-answer.ts'
import { ThemeToggle } from '../frame/theme-toggle.tsx'
import { Empty } from '../parts/empty.tsx'
import { Instant } from '../parts/moment.tsx'
import { Table } from '../parts/table.tsx'
import { Trouble } from '../parts/trouble.tsx'

const ask = (signal?: AbortSignal): Promise<CaseList> => read<CaseList>('/api/cases', signal)

/** The cases of the workspace; a single case opens by itself unless the list was asked for (`/?all`). */
export function CaseListPage(): ReactElement {
  const { answer, failure, reload } = useAnswer(ask)
  const only = answer?.cases.length === 1 && location.search !== '?all' ? answer.cases[0] : undefined
  useEffect(() => {
    document.title = 'Cases · Breachline'
    if (only !== undefined) go({ caseId: only.id, page: 'assessment', query: {} }, { replace: true })
  }, [only])
  return (
    <main className="alone">
      <h1 tabIndex={-1}>Cases</h1>
      {failure !== undefined && <Trouble failure={failure} onRetry={() => void reload()} />}
      {answer === undefined && failure === undefined && <p role="status">Reading the list of cases ...</p>}
      {answer?.cases.length === 0 && (
        <Empty what="There is no case yet.">
          Put the claim, its sample and your logs into a folder and run <code>breachline investigate FOLDER</code>, or see a
          generated one with <code>breachline demo</code>. Then reload this page.
        </Empty>
      )}
      {answer !== undefined && answer.cases.length > 0 && (
        <>
          <p className="soft">Acting as {answer.actor}.</p>
          <Table
            caption="Cases of this workspace"
            quiet
            columns={['Case', 'Operator', { name: 'The answer so far', width: 'wide' }, 'Last investigated']}
          >
            {answer.cases.map((one) => (
              <tr key={one.id}>
                <td>
                  <PageLink to={{ caseId: one.id, page: 'assessment', query: {} }}>{one.title}</PageLink>
                  {one.generated && <span className="badge">generated exercise</span>}
                </td>
                <td>{one.operator}</td>
                <td>{one.headline}</td>
                <td className="nowrap">{one.at === '' ? 'not yet' : <Instant at={one.at} />}</td>
              </tr>
            ))}
          </Table>
        </>
      )}
      <p>
        <ThemeToggle />
      </p>
    </main>
  )
}
