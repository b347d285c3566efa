import { epochMs, type Moment } from '../base/index.ts'
import type { Facts } from './facts.ts'
import { earliestReading } from './zone-range.ts'

/**
 * The facts as they were known at an instant (epoch milliseconds): for exercises, and to see what was due when. What happened or was
 * decided, counted, granted, done or learned later is left out. A time whose zone nobody stated stays as soon as it can have passed.
 */
export function factsAt(facts: Facts, at: number): Facts {
  const known = (moment: Moment): boolean => epochMs(earliestReading(moment)) <= at
  const { judgements } = facts
  return {
    ...facts,
    candidates: facts.candidates.filter((one) => known(one.learned ?? one.at)),
    decisions: facts.decisions.filter((one) => known(one.made ?? one.at)),
    counts: (facts.counts ?? []).filter((one) => known(one.at)),
    newFacts: (facts.newFacts ?? []).filter((one) => known(one.at)),
    delays: (facts.delays ?? []).filter((one) => known(one.granted)),
    notNotified: (facts.notNotified ?? []).filter((one) => known(one.at)),
    done: facts.done.filter((one) => known(one.at)),
    judgements: Object.fromEntries(Object.entries(judgements).filter(([, one]) => one.at === undefined || known(one.at))),
  }
}
