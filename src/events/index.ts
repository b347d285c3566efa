// One event schema for every log source: see README.md.
export { coverageMeter, type Coverage, type CoverageMeter, type Gap } from './coverage.ts'
export type { EventClass, LogEvent } from './event.ts'
export { eventsTable } from './events-table.ts'
export { loadEvents, type LoadedEvents } from './load-events.ts'
export { readEvents, type ReadEventsOptions } from './read-events.ts'
export { sigmaCategories } from './windows-source.ts'
