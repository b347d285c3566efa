import { useMemo, type ReactElement } from 'react'
import type { Story } from '../../../src/server/api.ts'
import { useAddress } from '../address/use-address.ts'
import { Cites, SaidList } from '../parts/cites.tsx'
import { Instant } from '../parts/moment.tsx'
import { percent, sentence } from '../text/figures.ts'
import { AttemptList } from './attempt-list.tsx'
import { Containment } from './containment.tsx'
import { DataReachedList } from './data-reached.tsx'
import { Graph } from './graph.tsx'
import { HostList } from './host-list.tsx'
import { HopTable } from './hop-table.tsx'
import { RangeBar } from './range-bar.tsx'
import { StepTable } from './step-table.tsx'
import { rangeOf, wholeOf } from './time-range.ts'
import { Timeline } from './timeline.tsx'

/** One story: way in, timeline and graph over one time range, steps, what was reached, where the logs are silent. */
export function StorySection(props: { readonly story: Story }): ReactElement {
  const { story } = props
  const { query } = useAddress()
  const whole = useMemo(() => wholeOf(story), [story])
  const range = useMemo(() => rangeOf(query, whole), [query, whole])
  const entry = story.initialAccess
  return (
    <section className="story">
      <div className="box lead">
        <p className="verdict">{story.title}</p>
        <p>
          {entry === undefined ? (
            'Initial access: not established.'
          ) : (
            <>
              Initial access ({entry.kind.replaceAll('-', ' ')}): {sentence(entry.text)} {entry.where},{' '}
              <Instant at={entry.time} />, certainty {percent(entry.certainty)}. <Cites cites={entry.cites} />
            </>
          )}
        </p>
        <p className="soft small">
          <Instant at={story.from} /> to <Instant at={story.to} />; {story.score.toFixed(1)} bits.
        </p>
      </div>
      <RangeBar story={story} whole={whole} range={range} />
      <Timeline story={story} range={range} />
      <Graph story={story} range={range} />
      <HostList story={story} />
      <StepTable story={story} range={range} />
      <HopTable story={story} range={range} />
      <AttemptList story={story} range={range} />
      <h2>Data reached</h2>
      <DataReachedList story={story} />
      <h2>Where the logs are silent</h2>
      {story.gaps.length === 0 ? <p className="soft">No gap was noted for this story.</p> : <SaidList sentences={story.gaps} />}
      {story.containment !== undefined && <Containment plan={story.containment} />}
    </section>
  )
}
