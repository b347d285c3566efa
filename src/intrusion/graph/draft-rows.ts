import { inSlice } from './fragments.ts'

/** Drafts of some rules recorded on hosts of the slice. Parameters: `load`, `slice`, `slices`. */
export const drafts = (rules: string, more = ''): string =>
  `(SELECT * FROM edge_drafts WHERE load_id = {load:UInt64} AND rule IN (${rules})${more} AND ${inSlice('host')})`
/** Drafts of some rules that lead to hosts of the slice. */
export const draftsTo = (rules: string, more = ''): string =>
  `(SELECT * FROM edge_drafts WHERE load_id = {load:UInt64} AND rule IN (${rules})${more} AND startsWith(dst, 'host:') AND ${inSlice('substring(dst, 6)')})`
/** Of rows with the same keys and the same time always the same one, so that which is joined is no accident. */
export const oneAt = (rows: string, keys: string): string =>
  `(SELECT * FROM ${rows} ORDER BY ${keys}, t0, src, dst, exhibit, n LIMIT 1 BY ${keys}, t0)`
