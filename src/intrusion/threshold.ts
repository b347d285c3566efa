import { tellsHabits } from './habits.ts'
import type { Story } from './story.ts'

/**
 * Bits from which on a story is shown. Fitted on generated estates of seeds below 100 (`npm run bench -- story-drill`, SPEC.md): low enough for the attacks'
 * stories, high enough for thirty days of ordinary work to give none or one.
 */
export const shownBits = 9

/** Stories of weight, and leads: what lies below the threshold. Logs of under two weeks tell usual from unusual nowhere: there every story is shown. */
export function shownApart(
  stories: readonly Story[],
  span: { readonly from: string; readonly to: string },
): { readonly stories: readonly Story[]; readonly leads: readonly Story[] } {
  if (!tellsHabits(span)) return { stories, leads: [] }
  return { stories: stories.filter((one) => one.score >= shownBits), leads: stories.filter((one) => one.score < shownBits) }
}
