import { useCallback, type ReactElement } from 'react'
import type { ExposureView } from '../../../src/server/api.ts'
import { read } from '../api/request.ts'
import { useAnswer } from '../api/use-answer.ts'
import { useCase } from '../frame/case-context.ts'
import { pageState } from '../frame/page-state.ts'
import { Empty } from '../parts/empty.tsx'
import { PageHead } from '../parts/page-head.tsx'
import { Trouble } from '../parts/trouble.tsx'
import { HoleTable } from './hole-table.tsx'
import { NotCompared } from './not-compared.tsx'
import { WatchedPages } from './watched-pages.tsx'
import './exposure.css'

/** What stands open in the estate, the most pressing first, and what became of watched pages. It shows what was possible, not what was done. */
export function ExposurePage(): ReactElement {
  const { view, page } = useCase()
  const { answer, failure, reload } = useAnswer(useCallback((signal) => read<ExposureView>('/api/exposure', signal), []))
  const exposure = answer?.exposure
  return (
    <>
      <PageHead title="What stands open?" state={pageState('exposure', view)}>
        Known holes of products in the inventory, and pages that are watched. It says what was possible, not that it was done;
        what no source names was not compared.
      </PageHead>
      {failure !== undefined && <Trouble failure={failure} onRetry={() => void reload()} />}
      {page.generated && (
        <p className="soft">
          This case is generated: the estate and pages below are those of the workspace, not of the exercise.
        </p>
      )}
      {answer !== undefined && exposure === undefined && (
        <Empty what="The estate was not held against advisories yet.">
          Give the catalogue of known exploited vulnerabilities, CSAF advisories or a bundle:{' '}
          <code>breachline exposure known_exploited_vulnerabilities.json</code>. Products come from{' '}
          <code>breachline inventory import</code>.
        </Empty>
      )}
      {exposure !== undefined && <HoleTable exposure={exposure} />}
      {exposure !== undefined && <NotCompared exposure={exposure} />}
      {answer !== undefined && <WatchedPages pages={answer.pages} />}
    </>
  )
}
