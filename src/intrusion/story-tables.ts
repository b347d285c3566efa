import type { Table } from '../store/index.ts'
import { edgeStagingTables, edgeTables } from './graph/edge-tables.ts'
import { keptAnswersTable } from './kept-answers.ts'

/** Tables that telling stories needs beside those of events. */
export const storyTables: readonly Table[] = [...edgeTables, ...edgeStagingTables, keptAnswersTable]
