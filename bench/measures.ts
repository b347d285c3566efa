import type { Measure } from './measure.ts'

/** Everything that can be measured, by name. Loaded one at a time: a run's memory is that of its own measure. */
export const measures: ReadonlyMap<string, () => Promise<Measure>> = new Map([
  ['detect', async () => (await import('./detect.ts')).detect],
  ['detect-threads', async () => (await import('./detect.ts')).detectThreads],
  ['correlate', async () => (await import('./correlate.ts')).correlate],
  ['evtx', async () => (await import('./evtx.ts')).evtx],
  ['load', async () => (await import('./load.ts')).load],
  ['provenance', async () => (await import('./provenance.ts')).provenance],
  ['day-one', async () => (await import('./day-one.ts')).dayOneMeasure],
  ['registry', async () => (await import('./registry.ts')).registry],
  ['lookups', async () => (await import('./lookups.ts')).lookups],
  ['vendor-check', async () => (await import('./vendor-check.ts')).vendorCheck],
  ['story', async () => (await import('./story.ts')).story],
  ['story-graph', async () => (await import('./story-graph.ts')).storyGraph],
  ['story-drill', async () => (await import('./story-drill.ts')).storyDrill],
  ['story-drill-fit', async () => (await import('./story-drill.ts')).storyDrillFit],
  ['exposure', async () => (await import('./exposure.ts')).exposureMeasure],
  ['watch', async () => (await import('./watch.ts')).watchMeasure],
  ['attribution', async () => (await import('./attribution.ts')).attribution],
  ['demo', async () => (await import('./demo.ts')).demo],
])
