import type { ReactElement } from 'react'
import { useCase } from '../frame/case-context.ts'
import { pageState } from '../frame/page-state.ts'
import { Empty } from '../parts/empty.tsx'
import { FilterBox } from '../parts/filter-box.tsx'
import { PageHead } from '../parts/page-head.tsx'
import { Findings } from '../people/findings.tsx'
import { Pictures } from './pictures.tsx'
import { ThreadSection } from './thread-section.tsx'

/** What is claimed: the actor's words and other people's words, never mixed. */
export function ClaimedPage(): ReactElement {
  const { view } = useCase()
  return (
    <>
      <PageHead title="What is claimed?" state={pageState('claimed', view)}>
        The words as posted, in order. Nothing on this page says whether they are true.
      </PageHead>
      {view.threads.length === 0 ? (
        <Empty what="No claim was handed over.">
          Add the posts as text, Markdown, HTML or a Telegram export (result.json with its photos): threads, demands and deadlines
          are read from them.
        </Empty>
      ) : (
        <FilterBox what="posts" />
      )}
      {view.threads.map((thread) => (
        <ThreadSection key={thread.id} thread={thread} />
      ))}
      <Pictures />
      <Findings kinds={['claim']} />
    </>
  )
}
