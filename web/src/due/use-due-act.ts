import type { DueAct, DueActRequest } from '../../../src/server/api.ts'
import { casePath, send } from '../api/request.ts'
import { useCase } from '../frame/case-context.ts'
import { announce } from '../parts/announce.tsx'

/** Enters what only a person knows, with the reason, and counts the clocks anew. */
export function useDueAct(): (act: DueAct, reason: string) => Promise<void> {
  const { id, reload } = useCase()
  return async (act, reason) => {
    const request: DueActRequest = { act, reason }
    const { number } = await send<{ number: string }>(casePath(id, 'due-acts'), request)
    await reload()
    announce(`${number} was recorded; clocks were counted anew.`)
  }
}
