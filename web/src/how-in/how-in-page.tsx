import type { ReactElement } from 'react'
import { amend, useAddress } from '../address/use-address.ts'
import { useCase } from '../frame/case-context.ts'
import { pageState } from '../frame/page-state.ts'
import { Empty } from '../parts/empty.tsx'
import { PageHead } from '../parts/page-head.tsx'
import { Findings } from '../people/findings.tsx'
import { counted, figure } from '../text/figures.ts'
import { Instant } from '../parts/moment.tsx'
import './how-in.css'
import { StorySection } from './story-section.tsx'

/** How did they get in: the stories that the detections join into, one at a time. */
export function HowInPage(): ReactElement {
  const { view } = useCase()
  const { query } = useAddress()
  const answer = view.stories
  const head = (
    <PageHead title="How did they get in?" state={pageState('how-in', view)}>
      Detections joined by host, account, address and time. The score ranks stories; it is no probability.
    </PageHead>
  )
  if (answer === undefined)
    return (
      <>
        {head}
        <Empty what="No logs were handed over.">
          Add Windows events (EVTX or JSON lines), Sysmon or combined web access logs of the internet-facing servers first: the
          way in is looked for where the network meets the outside.
        </Empty>
        <Findings kinds={['story']} />
      </>
    )
  const { leads = [] } = answer
  const all = [...answer.stories, ...leads]
  const chosen = all.find((one) => one.id === query.story) ?? answer.stories[0]
  return (
    <>
      {head}
      <p className="soft">
        {counted(answer.events, 'event')} read, {counted(answer.detections, 'detection')}, {figure(answer.unjoined)} of them in no
        story.
      </p>
      {chosen === undefined && (
        <Empty what="No story joins the detections.">
          That is no proof of absence. See under Evidence which hosts and periods the logs cover, and add those of internet-facing
          servers, remote access and domain controllers.
        </Empty>
      )}
      {answer.stories.length > 1 && (
        <ol className="stories" aria-label="Stories">
          {answer.stories.slice(0, 12).map((one) => (
            <li key={one.id}>
              <button type="button" aria-pressed={one.id === chosen?.id} onClick={() => chooseStory(one.id)}>
                <b>{one.title}</b>
                <span className="small soft">
                  {one.score.toFixed(1)} bits, {counted(one.hosts.length, 'host')}, {counted(one.steps.length, 'step')}, from{' '}
                  <Instant at={one.from} />
                </span>
              </button>
            </li>
          ))}
        </ol>
      )}
      {answer.stories.length > 12 && (
        <p className="soft">{counted(answer.stories.length - 12, 'weaker story', 'weaker stories')} not shown.</p>
      )}
      {leads.length > 0 && (
        <details>
          <summary>{counted(leads.length, 'lead')}: too little for a story</summary>
          <ul className="said">
            {leads.slice(0, 50).map((one) => (
              <li key={one.id}>
                <button type="button" className="plain" onClick={() => chooseStory(one.id)}>
                  {one.title}
                </button>{' '}
                <span className="small soft">
                  {one.score.toFixed(1)} bits, from <Instant at={one.from} />
                </span>
              </li>
            ))}
          </ul>
        </details>
      )}
      {chosen !== undefined && <StorySection key={chosen.id} story={chosen} others={all.filter((one) => one !== chosen)} />}
      <Findings kinds={['story']} />
    </>
  )
}

/** Another story begins with everything shown. */
function chooseStory(story: string): void {
  const [from, to, host, tactic, way, open, records, lane] = Array.from({ length: 8 }, () => undefined)
  amend({ story, from, to, host, tactic, way, open, records, lane })
}
