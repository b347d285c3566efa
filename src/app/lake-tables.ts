import { eventsTable } from '../events/index.ts'
import { storyTables } from '../intrusion/index.ts'
import { lookupTables } from '../lookups/index.ts'
import { provenanceTables } from '../provenance/index.ts'
import type { Table } from '../store/index.ts'

/** All tables of the lake, each described by the room that reads it. */
export const lakeTables: readonly Table[] = [eventsTable, ...provenanceTables, ...lookupTables, ...storyTables]
