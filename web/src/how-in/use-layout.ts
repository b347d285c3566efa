import { useEffect, useState } from 'react'
import type { Drawing, LayoutTask, Positions } from './graph-shape.ts'

/** Positions of a drawing, found in a worker beside the page; those of the one before are not given for another. Without a drawing nothing is done. */
export function useLayout(
  drawing: Drawing | undefined,
  down: boolean,
): { readonly positions?: Positions; readonly failed: boolean } {
  const [found, setFound] = useState<{ of: Drawing; down: boolean; positions: Positions } | undefined>()
  const [failed, setFailed] = useState(false)
  useEffect(() => {
    if (drawing === undefined) return
    const worker = new Worker(new URL('./layout.worker.ts', import.meta.url), { type: 'module' })
    worker.addEventListener('error', () => setFailed(true))
    worker.addEventListener('message', (event: MessageEvent<Positions>) => {
      worker.terminate()
      setFound({ of: drawing, down, positions: event.data })
    })
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker, not a window
    worker.postMessage({ nodes: drawing.nodes, edges: drawing.edges, down } satisfies LayoutTask)
    return () => worker.terminate()
  }, [drawing, down])
  return found !== undefined && found.of === drawing && found.down === down ? { positions: found.positions, failed } : { failed }
}
