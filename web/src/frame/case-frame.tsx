import { useCallback, useEffect, useMemo, type ReactElement } from 'react'
import type { CasePage, Cite } from '../../../src/server/api.ts'
import { pages } from '../address/address.ts'
import { amend, useAddress } from '../address/use-address.ts'
import { casePath, read } from '../api/request.ts'
import { useAnswer } from '../api/use-answer.ts'
import { keepCite } from '../evidence/cite-key.ts'
import { Drawer } from '../evidence/drawer.tsx'
import { Keys } from '../keyboard/keys.tsx'
import { Announced } from '../parts/announce.tsx'
import { Trouble } from '../parts/trouble.tsx'
import { CaseProvider, type OpenCase } from './case-context.ts'
import { PageBody } from './page-body.tsx'
import { Rail } from './rail.tsx'
import { TopLine } from './top-line.tsx'

/** One case: rail, top line, the page asked for, and the evidence drawer over it. */
export function CaseFrame(props: { readonly caseId: string }): ReactElement {
  const { caseId } = props
  const ask = useCallback(
    async (signal?: AbortSignal) => ({ page: await read<CasePage>(casePath(caseId), signal), receivedAt: performance.now() }),
    [caseId],
  )
  const { answer, failure, loading, reload } = useAnswer(ask)
  const { page: name } = useAddress()
  const open = useMemo((): OpenCase | undefined => {
    if (answer === undefined) return undefined
    const exhibits = new Map(answer.page.view.exhibits.map((one) => [one.sha256, one.id]))
    return {
      id: caseId,
      page: answer.page,
      view: answer.page.view,
      receivedAt: answer.receivedAt,
      reload,
      exhibitName: (sha256) => exhibits.get(sha256),
      openCite: (cite: Cite) => amend({ cite: keepCite(cite) }),
    }
  }, [answer, caseId, reload])
  const heading = pages.find((one) => one.name === name)?.title ?? ''
  useEffect(() => {
    document.title = open === undefined ? 'Breachline' : `${heading} · ${open.view.case.title} · Breachline`
  }, [heading, open])
  if (open === undefined)
    return (
      <main className="alone">
        <h1>Breachline</h1>
        {failure === undefined ? (
          <p role="status">{loading ? 'Reading the case file: findings, threads, stories and duties ...' : ''}</p>
        ) : (
          <>
            <Trouble failure={failure} onRetry={() => void reload()} />
            <p>
              <a href="/?all">All cases</a>
            </p>
          </>
        )}
      </main>
    )
  return (
    <CaseProvider value={open}>
      <a className="skip" href="#main">
        Skip to the page
      </a>
      <div className="frame">
        <TopLine />
        <Rail />
        <main id="main">
          {failure !== undefined && <Trouble failure={failure} onRetry={() => void reload()} />}
          <PageBody />
        </main>
      </div>
      <Announced />
      <Drawer />
      <Keys />
    </CaseProvider>
  )
}
