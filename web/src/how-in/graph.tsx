import type { Core } from 'cytoscape'
import { useEffect, useMemo, useRef, useState, type ReactElement } from 'react'
import type { Story } from '../../../src/server/api.ts'
import { amend } from '../address/use-address.ts'
import { counted } from '../text/figures.ts'
import { drawGraph, styleGraph } from './draw-graph.ts'
import { graphOf, type Positions } from './graph-parts.ts'
import { within, type TimeRange } from './time-range.ts'

/** Hosts and hops as a graph; hops outside the shared range are faint. The tables below hold the same in words. */
export function Graph(props: { readonly story: Story; readonly range: TimeRange }): ReactElement {
  const parts = useMemo(() => graphOf(props.story), [props.story])
  const box = useRef<HTMLDivElement>(null)
  const [core, setCore] = useState<Core | undefined>()
  const [failed, setFailed] = useState(false)
  useEffect(() => {
    let drawn: Core | undefined
    let wanted = true
    const worker = new Worker(new URL('./layout.worker.ts', import.meta.url), { type: 'module' })
    worker.addEventListener('error', () => setFailed(true))
    worker.addEventListener('message', (event: MessageEvent<Positions>) => {
      worker.terminate()
      const place = box.current
      if (place === null) return
      drawGraph({ place, parts, positions: event.data, onHost: (host) => amend({ host }) }).then(
        (made) => {
          if (!wanted) return made.destroy()
          drawn = made
          setCore(made)
        },
        () => setFailed(true),
      )
    })
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker, not a window
    worker.postMessage({ nodes: parts.nodes, edges: parts.edges })
    return () => {
      wanted = false
      worker.terminate()
      drawn?.destroy()
      setCore(undefined)
    }
  }, [parts])
  useEffect(() => {
    if (core === undefined) return
    core.batch(() => {
      const live = new Set<string>()
      for (const edge of parts.edges) {
        const shown = edge.times.some((time) => within(props.range, time))
        core.getElementById(edge.id).toggleClass('faint', !shown)
        if (shown) for (const end of [edge.from, edge.to]) live.add(end)
      }
      for (const step of props.story.steps) if (within(props.range, step.time)) live.add(`host:${step.host}`)
      for (const node of parts.nodes) core.getElementById(node.id).toggleClass('faint', !live.has(node.id))
    })
  }, [core, parts, props.range, props.story])
  useEffect(() => {
    if (core === undefined) return
    const restyle = (): void => styleGraph(core)
    const scheme = matchMedia('(prefers-color-scheme: dark)')
    scheme.addEventListener('change', restyle)
    addEventListener('breachline-theme', restyle)
    return () => {
      scheme.removeEventListener('change', restyle)
      removeEventListener('breachline-theme', restyle)
    }
  }, [core])
  return (
    <figure className="graph">
      <div
        ref={box}
        className={`canvas __________cytoscape_container${parts.nodes.length > 14 ? ' tall' : ''}`}
        role="img"
        aria-label={`Graph of ${counted(parts.nodes.length, 'node')} and ${counted(parts.edges.length, 'edge')}; hosts and moves stand in the tables below`}
      />
      <figcaption className="small soft">
        {failed && 'The graph could not be drawn; hosts and moves stand in the tables below. '}
        {core === undefined && !failed && 'Laying out the graph ... '}
        Hosts: square compromised, round touched, diamond suspected; a triangle is the outside. Drag to move, pinch or use the
        buttons to zoom. {parts.left > 0 && `${counted(parts.left, 'host')} not drawn. `}
        <button type="button" className="plain" disabled={core === undefined} onClick={() => core?.fit(undefined, 24)}>
          Fit
        </button>{' '}
        <button
          type="button"
          className="plain"
          disabled={core === undefined}
          onClick={() => core !== undefined && zoom(core, 1.3)}
        >
          Larger
        </button>{' '}
        <button
          type="button"
          className="plain"
          disabled={core === undefined}
          onClick={() => core !== undefined && zoom(core, 1 / 1.3)}
        >
          Smaller
        </button>
      </figcaption>
    </figure>
  )
}

function zoom(core: Core, factor: number): void {
  core.zoom({ level: core.zoom() * factor, renderedPosition: { x: core.width() / 2, y: core.height() / 2 } })
}
