import { useCallback, useEffect, useRef } from 'react'
import type { StoryView } from '../../../src/server/api.ts'
import { casePath, read } from '../api/request.ts'
import { useAnswer } from '../api/use-answer.ts'
import { useCase } from '../frame/case-context.ts'

/** Ways in side by side and notes of a story; asked again when the case changed. */
export function useStoryView(story: string): { readonly beside?: StoryView; readonly failed: boolean } {
  const { id, page } = useCase()
  const ask = useCallback(
    (signal?: AbortSignal) => read<StoryView>(casePath(id, `story-view?story=${encodeURIComponent(story)}`), signal),
    [id, story],
  )
  const { answer, failure, reload } = useAnswer(ask)
  const asked = useRef(page)
  useEffect(() => {
    if (asked.current === page) return
    asked.current = page
    void reload()
  }, [page, reload])
  return { ...(answer === undefined ? {} : { beside: answer }), failed: failure !== undefined }
}
