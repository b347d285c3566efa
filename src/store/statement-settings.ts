import { ClickHouseLogLevel } from '@clickhouse/client'

/** Settings of every statement; ours, on both kinds of engine. */
export const settings = {
  date_time_input_format: 'best_effort',
  output_format_json_quote_64bit_integers: 1,
  input_format_json_read_numbers_as_strings: 1,
  max_memory_usage: '8000000000',
  // A table of `limits.columns` columns is one statement of about a megabyte.
  max_query_size: '16777216',
  max_ast_elements: '1000000',
  max_expanded_ast_elements: '4000000',
} as const

/** The client's own log prints bound values: it stays off, errors reach us as errors. */
export const silent = { level: ClickHouseLogLevel.OFF }
