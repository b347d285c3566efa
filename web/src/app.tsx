import type { ReactElement } from 'react'
import { useAddress } from './address/use-address.ts'
import { CaseListPage } from './cases/case-list-page.tsx'
import { CaseFrame } from './frame/case-frame.tsx'

/** The page: the list of cases, or one case. */
export function App(): ReactElement {
  const address = useAddress()
  return address.caseId === undefined ? <CaseListPage /> : <CaseFrame key={address.caseId} caseId={address.caseId} />
}
