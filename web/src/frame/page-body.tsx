import type { ReactElement } from 'react'
import { useAddress } from '../address/use-address.ts'
import { AffectedPage } from '../affected/affected-page.tsx'
import { AssessmentPage } from '../assessment/assessment-page.tsx'
import { ClaimedPage } from '../claimed/claimed-page.tsx'
import { DuePage } from '../due/due-page.tsx'
import { EvidencePage } from '../evidence/evidence-page.tsx'
import { ExposurePage } from '../exposure/exposure-page.tsx'
import { HowInPage } from '../how-in/how-in-page.tsx'
import { LookupsPage } from '../lookups/lookups-page.tsx'
import { PeoplePage } from '../people/people-page.tsx'
import { RealPage } from '../real/real-page.tsx'
import { SharingPage } from '../sharing/sharing-page.tsx'
import { StatementsPage } from '../statements/statements-page.tsx'

/** The page that the URL names. */
export function PageBody(): ReactElement {
  const { page } = useAddress()
  switch (page) {
    case 'assessment':
      return <AssessmentPage />
    case 'claimed':
      return <ClaimedPage />
    case 'real':
      return <RealPage />
    case 'how-in':
      return <HowInPage />
    case 'lookups':
      return <LookupsPage />
    case 'affected':
      return <AffectedPage />
    case 'due':
      return <DuePage />
    case 'evidence':
      return <EvidencePage />
    case 'people':
      return <PeoplePage />
    case 'statements':
      return <StatementsPage />
    case 'exposure':
      return <ExposurePage />
    case 'sharing':
      return <SharingPage />
  }
}
