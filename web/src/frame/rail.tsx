import type { ReactElement } from 'react'
import { pages, type PageName } from '../address/address.ts'
import { PageLink } from '../address/page-link.tsx'
import { useAddress } from '../address/use-address.ts'
import { useCase } from './case-context.ts'
import { pageState } from './page-state.ts'
import { ThemeToggle } from './theme-toggle.tsx'

const short: Readonly<Record<PageName, string>> = {
  assessment: 'Assessment',
  claimed: 'Claimed',
  real: 'Real, whose copy',
  'how-in': 'How in',
  lookups: 'Who read records',
  affected: 'Affected',
  due: 'Due',
  evidence: 'Evidence',
  people: 'Notes, decisions',
  statements: 'What may be said',
  exposure: 'What stands open',
  sharing: 'Told to others',
}

/** The left rail: the assessment, the six questions, evidence and people, each with its state in a word. */
export function Rail(): ReactElement {
  const { id, view } = useCase()
  const { page } = useAddress()
  const entry = (name: PageName, key: number): ReactElement => (
    <li key={name} className={name === 'evidence' ? 'apart' : undefined}>
      <PageLink to={{ caseId: id, page: name, query: {} }} current={page === name}>
        <kbd aria-hidden="true">{key > 10 ? '\u00b7' : key % 10}</kbd>
        <span className="name">{short[name]}</span>
        <span className="state">{pageState(name, view)}</span>
      </PageLink>
    </li>
  )
  return (
    <nav className="rail" aria-label="Questions">
      <ol>{pages.map((one, n) => entry(one.name, n + 1))}</ol>
      <div className="foot">
        <a href={`/api/cases/${encodeURIComponent(id)}/report`} download>
          HTML report
        </a>
        <a href="/?all">All cases</a>
        <ThemeToggle />
        <p className="soft small">
          <kbd>?</kbd> lists the keys
        </p>
      </div>
    </nav>
  )
}
